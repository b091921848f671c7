//! The pages of a visit log, in use and free, decrypted by hand, since SQLCipher shows only those in use.

use std::fs;

use aes::cipher::{BlockModeDecrypt, KeyIvInit};

use super::home::Home;

/// SQLCipher's pages, and what ends each of them: its initialisation vector and its HMAC.
const PAGE: usize = 4096;
const RESERVED: usize = 16 + 64;
/// The first page begins with a salt, which is not encrypted.
const SALT: usize = 16;
/// What precedes the frames of a write-ahead log, and the page of each.
const LOG_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// All pages of the database and its write-ahead log, decrypted.
pub fn plain(home: &Home) -> Vec<u8> {
    let key = key(home);
    let database = fs::read(home.database()).unwrap();
    let mut plain: Vec<u8> = database
        .chunks(PAGE)
        .enumerate()
        .flat_map(|(number, page)| decrypt(&key, page, number == 0))
        .collect();
    let log = fs::read(home.database().with_extension("db-wal")).unwrap_or_default();
    for frame in log.get(LOG_HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + PAGE) {
        plain.extend(decrypt(&key, &frame[FRAME_HEADER..], frame[..4] == 1_u32.to_be_bytes()));
    }
    plain
}

fn decrypt(key: &[u8; 32], page: &[u8], is_first: bool) -> Vec<u8> {
    let (encrypted, reserved) = page.split_at(PAGE - RESERVED);
    let vector: [u8; 16] = reserved[..16].try_into().unwrap();
    let mut plain = encrypted[if is_first { SALT } else { 0 }..].to_vec();
    let mut decryptor = cbc::Decryptor::<aes::Aes256>::new(key.into(), &vector.into());
    for block in plain.chunks_exact_mut(16) {
        decryptor.decrypt_block(block.try_into().unwrap());
    }
    plain
}

/// The raw key of the database.
fn key(home: &Home) -> [u8; 32] {
    let hex = home.keys()["database"].as_str().unwrap().to_owned();
    let byte = |place| u8::from_str_radix(&hex[2 * place..2 * place + 2], 16).unwrap();
    std::array::from_fn(byte)
}
