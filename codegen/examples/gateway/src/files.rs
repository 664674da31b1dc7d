//! Files: their limits, their quotas, and what may be in them.

use axum::Json;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use gateway_errors::{ApiError, ErrorCode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::extract::{Caller, Path, Query};
use crate::stored_file::{File, LARGEST_FILE};

/// How many bytes of an upload are read at all.
pub(crate) const LARGEST_UPLOAD: usize = 8 * LARGEST_FILE;

/// The media types that are accepted.
const ACCEPTED: [&str; 7] = [
    "application/json",
    "application/pdf",
    "audio/mpeg",
    "audio/wav",
    "image/jpeg",
    "image/png",
    "text/plain",
];

/// What an upload brings.
#[derive(Default)]
struct Upload {
    name: String,
    media_type: String,
    purpose: String,
    content: Vec<u8>,
}

pub(crate) async fn upload(
    Caller { account, .. }: Caller,
    form: Multipart,
) -> Result<Json<Value>, ApiError> {
    let upload = read(form).await?;
    check_content(&upload)?;
    let mut ledger = account.ledger();
    if ledger.files.len() >= account.most_files {
        return Err(ErrorCode::FileCountQuotaExceeded.into());
    }
    let stored: usize = ledger.files.iter().map(|file| file.bytes).sum();
    if stored + upload.content.len() > account.most_bytes {
        return Err(ErrorCode::StorageQuotaExceeded.into());
    }
    let Upload {
        name,
        media_type,
        purpose,
        content,
    } = &upload;
    let file = File::stored(name, media_type, purpose, content);
    let shown = file.shown();
    ledger.files.push(file);
    Ok(Json(shown))
}

async fn read(mut form: Multipart) -> Result<Upload, ApiError> {
    let mut upload = None;
    let mut purpose = String::new();
    while let Some(mut field) = form.next_field().await.map_err(unreadable)? {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        match field.name() {
            Some("file") => {
                upload = Some(Upload {
                    name: text(field.file_name()),
                    media_type: text(field.content_type()),
                    purpose: String::new(),
                    content: content(&mut field).await?,
                });
            }
            Some("purpose") => {
                let bytes = content(&mut field).await?;
                purpose = String::from_utf8_lossy(&bytes).into_owned();
            }
            _ => {}
        }
    }
    let upload = upload.ok_or_else(|| ApiError::from_status(422).with_param("file"))?;
    if upload.content.len() > LARGEST_FILE {
        return Err(ErrorCode::FileTooLarge.into());
    }
    Ok(Upload { purpose, ..upload })
}

/// The content of a field, up to the length at which it is too large.
async fn content(field: &mut Field<'_>) -> Result<Vec<u8>, ApiError> {
    let mut content = Vec::new();
    while let Some(part) = field.chunk().await.map_err(unreadable)? {
        let room = (LARGEST_FILE + 1).saturating_sub(content.len());
        content.extend_from_slice(&part[..part.len().min(room)]);
    }
    Ok(content)
}

/// The error of an upload that cannot be read.
fn unreadable(error: MultipartError) -> ApiError {
    let error_of_status = match error.status().as_u16() {
        413 => ErrorCode::FileTooLarge.into(),
        status => ApiError::from_status(status),
    };
    error_of_status.with_source(error)
}

/// Checks that the declared media type is accepted, and that the content has it.
fn check_content(upload: &Upload) -> Result<(), ApiError> {
    let declared = upload
        .media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    if !ACCEPTED.contains(&declared) {
        return Err(ErrorCode::UnsupportedFileType.into());
    }
    let found = match infer::get(&upload.content).map(|kind| kind.mime_type()) {
        Some("audio/x-wav") => Some("audio/wav"),
        found => found,
    };
    let is_text = matches!(declared, "application/json" | "text/plain");
    let fits = if is_text {
        found.is_none() && std::str::from_utf8(&upload.content).is_ok()
    } else {
        found == Some(declared)
    };
    if fits {
        Ok(())
    } else {
        Err(ErrorCode::MimeMismatch.into())
    }
}

/// What part of the list is wanted.
#[derive(Deserialize)]
pub(crate) struct Page {
    limit: Option<usize>,
}

pub(crate) async fn list(Caller { account, .. }: Caller, Query(page): Query<Page>) -> Json<Value> {
    let ledger = account.ledger();
    let files = ledger.files.iter().take(page.limit.unwrap_or(usize::MAX));
    let files: Vec<Value> = files.map(File::shown).collect();
    Json(json!({ "object": "list", "data": files, "has_more": files.len() < ledger.files.len() }))
}

pub(crate) async fn one(
    Caller { account, .. }: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let ledger = account.ledger();
    let file = ledger.files.iter().find(|file| file.id == id);
    let file = file.ok_or(ErrorCode::FileNotFound)?;
    Ok(Json(file.shown()))
}

pub(crate) async fn delete(
    Caller { account, .. }: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let mut ledger = account.ledger();
    let position = ledger.files.iter().position(|file| file.id == id);
    ledger
        .files
        .remove(position.ok_or(ErrorCode::FileNotFound)?);
    Ok(Json(json!({ "id": id, "object": "file", "deleted": true })))
}
