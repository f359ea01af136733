# Candidates come as they are; fish quotes them for the line.
function __faqt_complete
    set -l words (commandline --current-process --tokenize --cut-at-cursor)
    set -l typed (commandline --current-token --tokenize)
    FAQT_COMPLETE=fish faqt -- $words "$typed" 2>/dev/null
end
complete --keep-order --exclusive --command faqt --arguments '(__faqt_complete)'
