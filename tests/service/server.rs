//! A server that says exactly the bytes that a test wants, without an HTTP library that could mend them.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

/// Ends when dropped, whatever its connections are doing.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    questions: AtomicUsize,
    /// The open connections; `None` once the server is over.
    open: Mutex<Option<Vec<Weak<TcpStream>>>>,
}

/// One accepted connection, and what a script can do with it. An error only ends the script: that the
/// client hangs up is what many tests are about.
pub struct Connection {
    stream: Arc<TcpStream>,
    shared: Arc<Shared>,
    /// Counts from 0.
    pub number: usize,
}

impl Server {
    /// Runs `script` for each connection, on a thread of its own, and closes the connection after it.
    pub fn start(script: impl Fn(&mut Connection) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self::at("127.0.0.1:0".parse().unwrap(), script)
    }

    /// The same at an address that was a server's before.
    pub fn at(
        address: SocketAddr,
        script: impl Fn(&mut Connection) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared { open: Mutex::new(Some(Vec::new())), ..Shared::default() });
        let accepting = {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || accept(&listener, &shared, &script))
        };
        Self { address, shared, accepting: Some(accepting) }
    }

    /// Reads a question, says `bytes`, and closes.
    pub fn that_says(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::start(move |connection| {
            connection.read_question()?;
            connection.say(&bytes)
        })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn url(&self) -> String {
        format!("http://{}/hes", self.address)
    }

    /// How many whole questions arrived.
    pub fn questions(&self) -> usize {
        self.shared.questions.load(Ordering::SeqCst)
    }
}

fn accept(
    listener: &TcpListener,
    shared: &Arc<Shared>,
    script: &(impl Fn(&mut Connection) -> io::Result<()> + Sync),
) {
    std::thread::scope(|scope| {
        for (number, stream) in listener.incoming().enumerate() {
            let stream = Arc::new(stream.unwrap());
            stream.set_nodelay(true).unwrap();
            match shared.open.lock().unwrap().as_mut() {
                Some(open) => open.push(Arc::downgrade(&stream)),
                None => break,
            }
            let mut connection = Connection { stream, shared: Arc::clone(shared), number };
            scope.spawn(move || {
                if script(&mut connection).is_ok() {
                    connection.close();
                }
            });
        }
    });
}

impl Drop for Server {
    fn drop(&mut self) {
        for stream in self.shared.open.lock().unwrap().take().unwrap().iter().filter_map(Weak::upgrade) {
            let _ = stream.shutdown(Shutdown::Both);
        }
        // Wakes the thread that accepts.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.accepting.take() {
            thread.join().unwrap();
        }
    }
}

impl Connection {
    pub fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// Reads up to the blank line that ends a head.
    pub fn read_head(&mut self) -> io::Result<String> {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            (&*self.stream).read_exact(&mut byte)?;
            head.push(byte[0]);
        }
        Ok(String::from_utf8(head).unwrap())
    }

    /// Reads one whole question, head and body, and gives its text.
    pub fn read_question(&mut self) -> io::Result<String> {
        let head = self.read_head()?;
        let length = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok())
            .unwrap();
        let mut body = vec![0; length];
        (&*self.stream).read_exact(&mut body)?;
        self.shared.questions.fetch_add(1, Ordering::SeqCst);
        Ok(head + &String::from_utf8(body).unwrap())
    }

    pub fn say(&mut self, bytes: &[u8]) -> io::Result<()> {
        (&*self.stream).write_all(bytes)
    }

    /// Says `bytes` one by one, slowly, and then again, until the client hangs up.
    pub fn drip(&mut self, bytes: &[u8]) -> io::Result<()> {
        for byte in bytes.iter().cycle() {
            self.say(&[*byte])?;
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Says `bytes` again and again, as fast as they are taken, until the client hangs up.
    pub fn flood(&mut self, bytes: &[u8]) -> io::Result<()> {
        loop {
            self.say(bytes)?;
        }
    }

    /// Keeps the connection open and silent until the client hangs up.
    pub fn stay(&mut self) -> io::Result<()> {
        io::copy(&mut &*self.stream, &mut io::sink()).map(|_| ())
    }

    /// From now on the system drops what comes in unacknowledged, as a network does that has changed.
    #[cfg(target_os = "linux")]
    pub fn lose_what_comes(&self) {
        // The packet filter that returns at once, and lets 0 bytes of a packet pass.
        let nothing_passes = libc::sock_filter { code: libc::BPF_RET as u16, jt: 0, jf: 0, k: 0 };
        socket2::SockRef::from(&*self.stream).attach_filter(&[nothing_passes]).unwrap();
    }

    /// Waits for a question and leaves it unread.
    pub fn leave_question(&mut self) -> io::Result<()> {
        self.stream.peek(&mut [0]).map(|_| ())
    }

    /// Breaks the connection: the system resets it where an unread question is thrown away.
    pub fn reset(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::ConnectionReset.into())
    }

    /// Closes as a server does that has said everything: what still comes in is read, since throwing
    /// it away would break the connection under the last answer.
    fn close(&mut self) {
        let _ = self.stream.shutdown(Shutdown::Write);
        let _ = self.stay();
    }
}
