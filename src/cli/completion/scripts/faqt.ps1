# Candidates come quoted for the line. Words go to faqt as the parser read them and are never evaluated; a variable takes
# them, because old versions drop empty arguments.
Register-ArgumentCompleter -Native -CommandName faqt -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @(foreach ($element in $commandAst.CommandElements) {
        if ($element.Extent.StartOffset -lt $cursorPosition) {
            if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
                $element.Value
            } else {
                $element.Extent.Text
            }
        }
    })
    if ($wordToComplete -eq '') {
        $words += ''
    }
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $env:FAQT_COMPLETE = 'powershell'
        $env:_FAQT_LINE = $words -join "`n"
        $lines = @(faqt -- faqt 2> $null)
    } finally {
        Remove-Item Env:\FAQT_COMPLETE, Env:\_FAQT_LINE -ErrorAction SilentlyContinue
        [Console]::OutputEncoding = $encoding
    }
    foreach ($line in $lines) {
        $quoted, $value, $help = $line -split "`t", 3
        if (-not $help) {
            $help = $value
        }
        [System.Management.Automation.CompletionResult]::new($quoted, $value, 'ParameterValue', $help)
    }
}
