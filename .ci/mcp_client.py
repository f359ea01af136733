"""The three tools and a resource of `faqt mcp`, asked by the official Python SDK in both revisions of the protocol.

Run: python .ci/mcp_client.py FAQT
"""

import asyncio
import sys

from mcp import Client, StdioServerParameters

# The handshake, the revision without one, and a client that finds out.
MODES = {"legacy": "2025-11-25", "2026-07-28": "2026-07-28", "auto": "2026-07-28"}


async def ask(program: str, mode: str, version: str) -> None:
    server = StdioServerParameters(command=program, args=["mcp"])
    async with Client(server, mode=mode, read_timeout_seconds=120) as client:
        assert client.protocol_version == version, client.protocol_version
        tools = [tool.name for tool in (await client.list_tools()).tools]
        assert tools == ["ask", "show", "list"], tools
        asked = await client.call_tool("ask", {"question": "ICP transfer Baidu", "budget": 200})
        assert asked.structured_content["answer"]["id"] == "bind-baidu-domain", asked
        refused = await client.call_tool("ask", {"question": "how do I bake bread"})
        assert refused.structured_content["outcome"] == "not_covered", refused
        shown = await client.call_tool("show", {"id": "review-time"})
        assert not shown.is_error and "1 to 20 business days" in shown.content[0].text, shown
        unknown = await client.call_tool("show", {"id": "reviewtime"})
        assert unknown.is_error and unknown.structured_content["nearest"] == ["review-time"], unknown
        listed = (await client.call_tool("list", {"limit": 3})).structured_content
        assert len(listed["contents"]) == 3 and listed["next_offset"] == 3, listed
        resources = (await client.list_resources()).resources
        read = await client.read_resource(resources[0].uri)
        assert read.contents[0].text.startswith(f"# {resources[0].title}"), read
        print(f"{mode}, {version}: {len(tools)} tools, {len(resources)} resources")


for mode, version in MODES.items():
    asyncio.run(ask(sys.argv[1], mode, version))
