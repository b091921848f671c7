//! The display on which the window opens.

#[cfg(target_os = "linux")]
use crate::settings;

/// Whether there is a display. Without one the window's library does not refuse, it panics.
pub fn has_display() -> bool {
    #[cfg(target_os = "linux")]
    return match settings::wayland_socket() {
        Some(socket) => std::os::unix::net::UnixStream::connect(socket).is_ok(),
        None => x11rb::connect(None).is_ok(),
    };
    #[cfg(not(target_os = "linux"))]
    return true;
}
