"""The three tools and a resource of `faqt mcp`, asked by the official Python SDK.

Run: python .ci/mcp_client.py FAQT

Version 1 of the package `mcp` speaks the revision 2025-11-25 alone; version 2 speaks that and 2026-07-28.
"""

import asyncio
import sys

try:
    from mcp import Client, StdioServerParameters

    # The handshake, the revision without one, and a client that finds out.
    MODES = {"legacy": "2025-11-25", "2026-07-28": "2026-07-28", "auto": "2026-07-28"}
except ImportError:
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    MODES = {"version 1": "2025-11-25"}


def data(result):
    return result.structured_content if hasattr(result, "structured_content") else result.structuredContent


def is_error(result) -> bool:
    return result.is_error if hasattr(result, "is_error") else result.isError


async def check(client, mode: str, version: str) -> None:
    tools = [tool.name for tool in (await client.list_tools()).tools]
    assert tools == ["ask", "show", "list"], tools
    asked = await client.call_tool("ask", {"question": "ICP transfer Baidu", "budget": 200})
    assert data(asked)["answer"]["id"] == "bind-baidu-domain", asked
    refused = await client.call_tool("ask", {"question": "how do I bake bread"})
    assert data(refused)["outcome"] == "not_covered", refused
    shown = await client.call_tool("show", {"id": "review-time"})
    assert not is_error(shown) and "1 to 20 business days" in shown.content[0].text, shown
    unknown = await client.call_tool("show", {"id": "reviewtime"})
    assert is_error(unknown) and data(unknown)["nearest"] == ["review-time"], unknown
    listed = data(await client.call_tool("list", {"limit": 3}))
    assert len(listed["contents"]) == 3 and listed["next_offset"] == 3, listed
    resources = (await client.list_resources()).resources
    read = await client.read_resource(resources[0].uri)
    assert read.contents[0].text.startswith(f"# {resources[0].title}"), read
    print(f"{mode}, {version}: {len(tools)} tools, {len(resources)} resources")


async def ask(program: str, mode: str, version: str) -> None:
    server = StdioServerParameters(command=program, args=["mcp"])
    if mode == "version 1":
        async with stdio_client(server) as (read, write), ClientSession(read, write) as client:
            begun = await client.initialize()
            assert begun.protocolVersion == version, begun
            await check(client, mode, version)
    else:
        async with Client(server, mode=mode, read_timeout_seconds=120) as client:
            assert client.protocol_version == version, client.protocol_version
            await check(client, mode, version)


for mode, version in MODES.items():
    asyncio.run(ask(sys.argv[1], mode, version))
