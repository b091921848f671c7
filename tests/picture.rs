//! A decoder that crashes costs one picture and not the next.
#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use hes_kiosk::scan::{PictureReader, ReadError, WorkerError};

#[test]
fn the_picture_after_one_that_the_decoder_crashed_at_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (program, crashed) = (folder.path().join("worker"), folder.path().join("crashed"));
    let script = format!(
        "#!/bin/sh\n[ -e {crashed} ] && exec {worker} \"$@\"\n: > {crashed}\nprintf 'HKDR\\000HKDA\\000'\n",
        crashed = crashed.display(),
        worker = env!("CARGO_BIN_EXE_hes-kiosk"),
    );
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/code.png");

    let mut reader = PictureReader::new(program);
    assert_eq!(reader.read(&picture), Err(ReadError::Decoder(WorkerError::Ended)));
    assert_eq!(reader.read(&picture).unwrap().found.len(), 1);
}
