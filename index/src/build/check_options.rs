//! The options of a [`Builder`] that turn checks on and off.

use super::builder::Builder;

impl Builder {
    /// Turns the findability check on or off: the finished pack is asked for each entry's own question and aliases, and the
    /// golden and forbidden questions. The default is on.
    ///
    /// A build without it takes less than half the time, but does not report the entries that readers will not find.
    ///
    /// # Examples
    ///
    /// ```
    /// # let text = "# How do I reset the lamp?\n\nHold the button.\n\n# Is it loud?\n\nNo.\n";
    /// let builder = faqt::build::Builder::from_files("help", [("faq.md", text)]);
    /// assert_eq!(builder.clone().findability(false).build()?.pack, builder.build()?.pack);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn findability(mut self, is_checked: bool) -> Builder {
        self.asked.findability = is_checked;
        self
    }

    /// Reports golden questions that only quote the title or an alias of their entry (`golden-quote`). The default is off.
    ///
    /// # Examples
    ///
    /// ```
    /// let text = "---\nquestion: How do I reset the lamp?\nasked: [lamp reset, it hangs]\n---\nHold the button if it hangs.\n";
    /// let builder = faqt::build::Builder::from_files("help", [("faq.md", text)]);
    /// let problems = builder.quotes(true).check()?.problems;
    /// assert!(problems.iter().any(|problem| problem.message.starts_with("“lamp reset” says no more than")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn quotes(mut self, are_found: bool) -> Builder {
        self.asked.quotes = are_found;
        self
    }
}
