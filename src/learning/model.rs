//! Self-paced steps: ids and choices.

use crate::values::{choice, id};

id! {
    /// One step of a self-paced session.
    StepId
}
id! {
    /// One answer of a question.
    OptionId
}
id! {
    /// A stored file.
    FileId
}

choice! {
    /// What a step asks of the learner.
    StepKind {
        Text => "text",
        File => "file",
        Link => "link",
        Question => "question",
    }
}
