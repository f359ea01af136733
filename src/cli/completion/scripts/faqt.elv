# Candidates come as they are; Elvish quotes them for the line.
set edit:completion:arg-completer[faqt] = {|@words|
    env FAQT_COMPLETE=elvish faqt -- $@words 2>/dev/null | from-lines
}
