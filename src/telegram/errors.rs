//! What went wrong, as a word for the log. Errors are never printed themselves: Telegram's
//! sentences repeat what was sent, and unreadable answers hold whole updates.

use teloxide::{ApiError, RequestError};

/// A word for the log.
#[must_use]
pub fn kind(error: &RequestError) -> &'static str {
    match error {
        RequestError::Api(ApiError::InvalidToken) => "token-ditolak",
        RequestError::Api(ApiError::TerminatedByOtherGetUpdates) => "konsumen-lain",
        RequestError::Api(ApiError::CantParseEntities(_)) => "entitas-rusak",
        RequestError::Api(ApiError::MessageIsTooLong | ApiError::EditedMessageIsTooLong) => "terlalu-panjang",
        RequestError::Api(ApiError::ButtonDataInvalid) => "data-tombol-ditolak",
        RequestError::Api(ApiError::InvalidQueryId) => "tombol-kedaluwarsa",
        error if is_unreachable(error) => "obrolan-tertutup",
        error if is_reply_gone(error) => "pesan-asal-hilang",
        error if is_thread_gone(error) => "topik-forum-hilang",
        RequestError::Api(_) => "ditolak",
        RequestError::MigrateToChatId(_) => "grup-pindah",
        RequestError::RetryAfter(_) => "terlalu-cepat",
        RequestError::Network(_) => "jaringan",
        RequestError::InvalidJson { .. } => "jawaban-tak-terbaca",
        RequestError::Io(_) => "masukan-keluaran",
    }
}

/// Nobody is there to read: blocked by the user, thrown out, deleted. Nothing to worry about.
#[must_use]
pub fn is_unreachable(error: &RequestError) -> bool {
    match error {
        RequestError::Api(
            ApiError::BotBlocked
            | ApiError::BotKicked
            | ApiError::BotKickedFromSupergroup
            | ApiError::BotKickedFromChannel
            | ApiError::UserDeactivated
            | ApiError::ChatNotFound
            | ApiError::GroupDeactivated
            | ApiError::CantInitiateConversation
            | ApiError::CantTalkWithBots
            | ApiError::NotEnoughRightsToPostMessages,
        ) => true,
        RequestError::Api(ApiError::Unknown(text)) => text.starts_with("Forbidden:"),
        _ => false,
    }
}

/// The question was deleted before the answer.
#[must_use]
pub fn is_reply_gone(error: &RequestError) -> bool {
    match error {
        RequestError::Api(ApiError::MessageToReplyNotFound) => true,
        RequestError::Api(ApiError::Unknown(text)) => text.contains("repl") && text.contains("not found"),
        _ => false,
    }
}

/// The forum topic doesn't exist, any more or as Telegram counts it.
#[must_use]
pub fn is_thread_gone(error: &RequestError) -> bool {
    matches!(error, RequestError::Api(ApiError::Unknown(text)) if text.contains("thread not found") || text.contains("TOPIC_DELETED"))
}

/// The reply to be edited is no longer there, or too old.
#[must_use]
pub fn is_edit_impossible(error: &RequestError) -> bool {
    matches!(
        error,
        RequestError::Api(ApiError::MessageToEditNotFound | ApiError::MessageCantBeEdited | ApiError::MessageIdInvalid)
    )
}
