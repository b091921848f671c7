//! Each test confines a thread of its own: what it gave up is gone with it.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixDatagram;
use std::process::{Command, Stdio};
use std::thread;

use super::*;

/// Does `act` in a thread that is confined by `confine`.
fn confined<T: Send + 'static>(
    confine: impl FnOnce() -> Option<()> + Send + 'static,
    act: impl FnOnce() -> T + Send + 'static,
) -> thread::Result<T> {
    thread::spawn(|| {
        assert_eq!(confine(), Some(()), "this kernel does not confine");
        act()
    })
    .join()
}

/// The worker's confinement but for the memory, which is the process's.
fn worker() -> Option<()> {
    restrict_files(None).and_then(|()| allow_calls())
}

fn scanner(source: CameraSource) -> impl FnOnce() -> Option<()> {
    move || restrict_files(Some(&source)).and_then(|()| forbid_calls())
}

fn error<T>(result: io::Result<T>) -> Option<i32> {
    result.err().and_then(|error| error.raw_os_error())
}

#[test]
fn a_worker_opens_no_file() {
    for path in ["/etc/passwd", "/dev/null", "/proc/self/exe", "/"] {
        assert_eq!(confined(worker, move || error(File::open(path))).unwrap(), Some(libc::ENOSYS), "{path}");
    }
}

#[test]
fn a_worker_without_seccomp_opens_no_file_either() {
    for path in ["/etc/passwd", "/dev/null", "/"] {
        let opened = confined(|| restrict_files(None), move || error(File::open(path)));
        assert_eq!(opened.unwrap(), Some(libc::EACCES), "{path}");
    }
}

#[test]
fn a_worker_has_no_socket() {
    let errors = confined(worker, || {
        [
            error(TcpListener::bind("127.0.0.1:0")),
            error(UdpSocket::bind("127.0.0.1:0")),
            error(UnixDatagram::unbound()),
        ]
    });
    assert_eq!(errors.unwrap(), [Some(libc::ENOSYS); 3]);
}

#[test]
fn a_worker_starts_no_program_and_no_thread() {
    let started = confined(worker, || {
        (Command::new("/bin/true").spawn().is_ok(), thread::Builder::new().spawn(|| ()).is_ok())
    });
    assert_eq!(started.unwrap(), (false, false));
}

#[test]
fn a_worker_still_allocates() {
    let sum = confined(worker, || {
        let blocks: Vec<Vec<u8>> = (1..30).map(|megabytes| vec![1; megabytes << 20]).collect();
        blocks.iter().map(|block| usize::from(block[block.len() / 2])).sum::<usize>()
    });
    assert_eq!(sum.unwrap(), 29);
}

#[test]
fn a_panic_of_a_worker_is_still_a_panic() {
    assert!(confined(worker, || panic!("within the confinement")).is_err());
}

#[test]
fn a_scanner_reads_devices_and_no_other_files() {
    let errors = confined(scanner(CameraSource::Auto), || {
        [error(fs::read_dir("/dev")), error(fs::read_dir("/sys/class")), error(File::open("/etc/passwd"))]
    });
    assert_eq!(errors.unwrap(), [None, None, Some(libc::EACCES)]);
}

#[test]
fn a_scanner_that_replays_pictures_reads_them_wherever_they_are() {
    let source = CameraSource::Replay("/nonexistent".into());
    assert!(confined(scanner(source), || File::open("/etc/passwd").is_ok()).unwrap());
}

#[test]
fn a_scanner_writes_devices_and_no_files() {
    for source in [CameraSource::Auto, CameraSource::Replay("/".into())] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "content").unwrap();
        let path = file.clone();
        let errors = confined(scanner(source), move || {
            [
                error(OpenOptions::new().write(true).open("/dev/null")),
                error(OpenOptions::new().write(true).open(&path)),
                error(File::create(path.with_extension("new"))),
                error(fs::remove_file(&path)),
                error(fs::set_permissions(&path, fs::Permissions::from_mode(0o600))),
            ]
        });
        let refused = Some(libc::EACCES);
        assert_eq!(errors.unwrap(), [None, refused, refused, refused, Some(libc::EPERM)]);
        assert_eq!(fs::read_to_string(file).unwrap(), "content");
    }
}

#[test]
fn a_scanner_has_no_socket() {
    let errors = confined(scanner(CameraSource::Auto), || {
        [
            error(TcpListener::bind("127.0.0.1:0")),
            error(UdpSocket::bind("127.0.0.1:0")),
            error(UnixDatagram::unbound()),
        ]
    });
    assert_eq!(errors.unwrap(), [Some(libc::EPERM); 3]);
}

#[test]
fn a_scanner_starts_its_own_program_and_no_other() {
    let outcomes = confined(scanner(CameraSource::Auto), || {
        let run = |program: &str| {
            let mut command = Command::new(program);
            command.arg("--list").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            command.status().map(|status| status.success())
        };
        (run("/proc/self/exe").unwrap(), error(run("/bin/true")))
    });
    assert_eq!(outcomes.unwrap(), (true, Some(libc::EACCES)));
}
