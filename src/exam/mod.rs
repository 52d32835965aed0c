//! Exams: questions with accepted answers, grading, the table of figures, and the fitting of the
//! decision model. Exam questions are never indexed.

mod baseline;
mod grade;
mod logistic;
mod prices;
mod question;
mod softmax;
mod table;
mod train;

pub use baseline::compare;
pub use grade::{Figures, Grade, Graded, grade};
pub use question::{Exam, ExamError, ExamQuestion, Floors, read_exam};
pub use table::{report, table};
pub use train::{Fit, fit, write_model};
