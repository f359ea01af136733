//! Facts about a model.

/// The facts that a model file has about itself; see [`Encoder::model`](crate::Encoder::model).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Model<'a> {
    /// The name of the model.
    pub name: &'a str,
    /// The name of the folder or archive that the model was imported from.
    pub source: &'a str,
    /// The name of the licence, and its text where the source had it.
    pub licence: &'a str,
    /// The prefix of questions; see [`Encoder::encode_question`](crate::Encoder::encode_question). Empty in most models.
    pub question_prefix: &'a str,
    /// The prefix of passages; see [`Encoder::encode_passage`](crate::Encoder::encode_passage). Empty in most models.
    pub passage_prefix: &'a str,
    /// True if its pieces are of all scripts, as those of XLM-R are; word pieces are of the languages of one vocabulary, of
    /// which no file says more.
    pub reads_all_scripts: bool,
    /// The hash of the whole file, as the file states it.
    pub content_hash: u128,
    /// The hash of what vectors depend on, as the file states it. Models with the same one yield the same vectors,
    /// whatever their names and sources are.
    pub vectors_hash: u128,
    /// The number of dimensions of a vector.
    pub dimensions: usize,
    /// The greatest number of word pieces of a text, the 2 around it included.
    pub length_max: usize,
}
