//! What the window's process keeps of the memory that it was given.

/// Blocks of so many bytes are the system's own, and its again when they are dropped: pictures are larger, little else is.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: libc::c_int = 256 << 10;

/// Has pictures give their memory back. They come and go many times a second; glibc would set the size of a large block
/// to that of the largest one that was dropped, and keep room for as many as were ever there at once.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[allow(unsafe_code)]
pub(super) fn give_pictures_back() {
    // SAFETY: it sets a number of the allocator's, which is for it to keep in order; a refusal changes nothing.
    let is_set = unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE) };
    if is_set == 0 {
        tracing::debug!("the allocator keeps what pictures took");
    }
}

/// Other allocators give large blocks back by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub(super) fn give_pictures_back() {}
