//! Which updates go where. Telegram sends only the kinds named here.

use teloxide::RequestError;
use teloxide::dispatching::{UpdateFilterExt as _, UpdateHandler};
use teloxide::dptree;
use teloxide::types::{AllowedUpdate, Update};

use super::handle;

/// The kinds named in [`schema`], told to Telegram before the first update is fetched.
pub const KINDS: [AllowedUpdate; 3] = [AllowedUpdate::Message, AllowedUpdate::EditedMessage, AllowedUpdate::CallbackQuery];

/// The tree.
#[must_use]
pub fn schema() -> UpdateHandler<RequestError> {
    dptree::entry()
        .branch(Update::filter_message().endpoint(handle::message))
        .branch(Update::filter_edited_message().endpoint(handle::edited))
        .branch(Update::filter_callback_query().endpoint(handle::pressed))
}
