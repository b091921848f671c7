//! What must hold for whatever bytes strangers bring to the scanner: one function a fuzz target, which panics
//! where it does not. `make fuzz` looks for such bytes, and the tests run each that is known.

use super::camera::pixels::{mjpeg, yuyv};
use super::frame::{Frame, MAX_PREVIEW_HEIGHT, MAX_PREVIEW_WIDTH, Preview};
use super::protocol::{read_message, write_message};
use super::worker::wire::{
    Said, read_ready, read_request, read_said, write_answer, write_note, write_ready, write_request,
};
use crate::code::{CODE_LENGTH, Code};

/// The text of a code: a code that comes of it is one, and the same in each form in which it is shown.
pub fn payload(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let parsed = Code::parse(&text);
    for same in [
        text.to_ascii_lowercase(),
        text.to_ascii_uppercase(),
        text.replace('|', ";"),
        text.replace('-', "*"),
        format!(" {text}\r\n"),
    ] {
        assert!(Code::parse(&same) == parsed, "another form is read as something else");
    }
    let Ok(code) = parsed else { return };
    let revealed = code.reveal();
    assert!(revealed.len() == CODE_LENGTH, "a code has ten characters");
    assert!(revealed.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()));
    let (first, rest) = revealed.split_at(4);
    let (second, third) = rest.split_at(4);
    for same in [
        revealed.to_owned(),
        format!("{first}-{second}-{third}"),
        format!("{first} {second} {third}"),
        format!("{:032x}|{revealed}", 0),
        revealed.replace('I', "ı"),
        revealed.replace('I', "İ"),
    ] {
        assert!(Code::parse(&same) == Ok(code), "a code is read as something else when it is shown again");
    }
    assert!(format!("{code} {code:?}").matches(first).count() == 0, "a code shows more than its end");
}

/// What passes through pipes between the processes: whatever is read is written back as the same bytes.
pub fn protocol(bytes: &[u8]) {
    all_written_back(bytes, |rest, written| {
        let message = read_message(rest).ok()?;
        write_message(written, &message).ok()
    });
    all_written_back(bytes, |rest, written| write_ready(written, read_ready(rest).ok()?).ok());
    all_written_back(bytes, |rest, written| match read_said(rest).ok()? {
        Said::Note(decoder) => write_note(written, decoder).ok(),
        Said::Answer(look) => write_answer(written, &look).ok(),
    });
    all_written_back(bytes, |rest, written| {
        let request = read_request(rest).ok()??;
        write_request(written, &request.luma, request.effort, request.left_out).ok()
    });
}

/// Has `pass` read one message after the other and write it again, until it can't read on.
fn all_written_back(bytes: &[u8], mut pass: impl FnMut(&mut &[u8], &mut Vec<u8>) -> Option<()>) {
    let mut rest = bytes;
    loop {
        let before = rest;
        let mut written = Vec::new();
        if pass(&mut rest, &mut written).is_none() {
            assert!(written.is_empty(), "what is read can't be written");
            return;
        }
        let read = before.len() - rest.len();
        assert!(before.get(..read) == Some(written.as_slice()), "what is read is written as something else");
    }
}

/// A camera's picture: width and height, four bytes each, little-endian, and what the camera sent.
pub fn converters(bytes: &[u8]) {
    let Some((&[w0, w1, w2, w3, h0, h1, h2, h3], sent)) = bytes.split_first_chunk() else { return };
    let (width, height) = (u32::from_le_bytes([w0, w1, w2, w3]), u32::from_le_bytes([h0, h1, h2, h3]));
    for with_preview in [false, true] {
        if let Some(frame) = yuyv(width, height, sent, with_preview) {
            assert!((frame.luma.width(), frame.luma.height()) == (width, height), "another size");
            assert!(frame.luma.pixels().iter().eq(sent.iter().step_by(2).take(frame.luma.pixels().len())));
            check(&frame, with_preview);
        }
        if let Some(frame) = mjpeg(sent, with_preview) {
            check(&frame, with_preview);
        }
    }
    if width > 0 && height > 0 {
        let preview = Preview::sample(width, height, |column, row| {
            assert!(column < width as usize && row < height as usize, "a pixel from outside the frame");
            [0; 3]
        });
        assert!(preview.is_some(), "a frame without a preview");
    }
}

fn check(frame: &Frame, with_preview: bool) {
    let (width, height) = (frame.luma.width(), frame.luma.height());
    assert!(frame.luma.pixels().len() == width as usize * height as usize, "not one byte a pixel");
    assert!(frame.preview.is_some() == with_preview, "a preview is made where it is asked for");
    if let Some(preview) = &frame.preview {
        let most = (width.min(MAX_PREVIEW_WIDTH), height.min(MAX_PREVIEW_HEIGHT));
        assert!(preview.width() <= most.0 && preview.height() <= most.1, "too large a preview");
        assert!(preview.rgba().chunks(4).all(|pixel| pixel.last() == Some(&u8::MAX)), "it shows through");
    }
}
