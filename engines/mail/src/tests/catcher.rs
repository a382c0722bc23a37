//! A mail server in a thread: takes everything, keeps what it heard.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

pub struct Catcher {
    port: u16,
    heard: Arc<Mutex<String>>,
}

impl Catcher {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::<Mutex<String>>::default();
        let keep = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let _ = converse(stream.unwrap(), &keep);
            }
        });
        Self { port, heard }
    }

    pub fn url(&self, user: &str) -> String {
        format!("smtp://{user}127.0.0.1:{}", self.port)
    }

    pub fn said(&self) -> String {
        self.heard.lock().unwrap().clone()
    }
}

fn converse(mut stream: TcpStream, heard: &Mutex<String>) -> std::io::Result<()> {
    let lines = BufReader::new(stream.try_clone()?);
    stream.write_all(b"220 catcher\r\n")?;
    let mut in_data = false;
    for line in lines.split(b'\n') {
        let line = String::from_utf8(line?).unwrap() + "\n";
        heard.lock().unwrap().push_str(&line);
        let answer = match line.trim_end() {
            "." if in_data => {
                in_data = false;
                "250 kept\r\n"
            }
            _ if in_data => continue,
            "DATA" => {
                in_data = true;
                "354 go on\r\n"
            }
            "QUIT" => return stream.write_all(b"221 bye\r\n"),
            line if line.starts_with("EHLO") => "250-catcher\r\n250 AUTH PLAIN\r\n",
            line if line.starts_with("AUTH") => "235 welcome\r\n",
            line if line.contains("nobody@") => "550 no such person\r\n",
            line if line.contains("later@") => "451 try again\r\n",
            _ => "250 ok\r\n",
        };
        stream.write_all(answer.as_bytes())?;
    }
    Ok(())
}
