# Candidates come quoted for what is replaced. They are read line by line, because an expansion would split them into
# words and take them for patterns of file names.
_faqt() {
    local candidate
    COMPREPLY=()
    while IFS= read -r candidate; do
        if [[ -n $candidate ]]; then
            COMPREPLY+=("$candidate")
        fi
    done <<< "$(FAQT_COMPLETE=bash _FAQT_LINE="${COMP_LINE:0:COMP_POINT}" _FAQT_TYPED="$2" faqt -- faqt 2> /dev/null)"
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} != *[/=] ]]; then
        compopt +o nospace 2> /dev/null
    fi
}
# Without the completions of Bash itself, which would put names of files on the line.
if [[ ${BASH_VERSINFO[0]} -gt 4 || (${BASH_VERSINFO[0]} -eq 4 && ${BASH_VERSINFO[1]} -ge 4) ]]; then
    complete -o nospace -o nosort -F _faqt faqt
else
    complete -o nospace -F _faqt faqt
fi
