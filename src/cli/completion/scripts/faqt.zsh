#compdef faqt
# Candidates come as they are; compadd quotes them for the line.
_faqt() {
    local line value home=
    local -a lines shown suffix
    lines=("${(@f)$(FAQT_COMPLETE=zsh faqt -- "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2> /dev/null)}")
    if [[ $PREFIX == '~/'* ]]; then
        # The home folder stays unquoted.
        compset -P '\~/'
        home='~/'
    fi
    for line in $lines; do
        value=${${line%%$'\t'*}#$home}
        shown=("${line/$'\t'/  -- }")
        suffix=()
        [[ $value == *[/=] ]] && suffix=(-S '')
        compadd -V faqt -l -d shown "${suffix[@]}" -- "$value"
    done
}
compdef _faqt faqt
