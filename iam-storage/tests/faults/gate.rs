//! A gate between a client and its server that breaks every connection after a number of bytes, or swallows the answer to a
//! commit.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicI64, Ordering},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// The statement as messages of PostgreSQL and of MySQL.
const COMMITS: [&[u8]; 2] = [b"\0\0\0\x0bCOMMIT\0", b"\x07\0\0\0\x03COMMIT"];

/// How transactions that write begin, and how those that only read.
const WRITES: [&[u8]; 2] = [b"READ WRITE", b"START TRANSACTION"];
const READS: [&[u8]; 1] = [b"READ ONLY"];

pub struct Gate {
    /// Bytes of answers that still pass; nothing passes, and nobody gets in, below zero.
    left: Arc<AtomicI64>,
    /// The next commit is carried out and its answer is lost.
    swallows: Arc<AtomicBool>,
    broken: watch::Sender<u64>,
}

impl Gate {
    /// A gate before the server of this URL, and the URL that leads through it.
    pub async fn open(url: &str) -> (Gate, String) {
        let (start, rest) = url.split_once('@').unwrap();
        let (server, database) = rest.split_once('/').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let through = format!("{start}@{}/{database}", listener.local_addr().unwrap());
        let gate = Gate {
            left: Arc::new(AtomicI64::new(i64::MAX)),
            swallows: Arc::default(),
            broken: watch::Sender::new(0),
        };
        let (left, swallows) = (gate.left.clone(), gate.swallows.clone());
        let (broken, server) = (gate.broken.clone(), server.to_owned());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if left.load(Ordering::SeqCst) <= 0 {
                    continue;
                }
                let Ok(upstream) = TcpStream::connect(&server).await else {
                    continue;
                };
                tokio::spawn(pass(
                    client,
                    upstream,
                    left.clone(),
                    swallows.clone(),
                    broken.clone(),
                ));
            }
        });
        (gate, through)
    }

    /// Every connection breaks after so many bytes of answers.
    pub fn break_after(&self, bytes: i64) {
        self.left.store(bytes, Ordering::SeqCst);
    }

    /// The server is given the next commit and carries it out; nobody hears of it.
    pub fn swallow_the_answer_to_a_commit(&self) {
        self.swallows.store(true, Ordering::SeqCst);
    }

    /// How many bytes of answers have passed since the way was free again.
    pub fn passed(&self) -> i64 {
        i64::MAX - self.left.load(Ordering::SeqCst)
    }

    /// The way is free again.
    pub fn heal(&self) {
        self.swallows.store(false, Ordering::SeqCst);
        self.left.store(i64::MAX, Ordering::SeqCst);
    }
}

async fn pass(
    client: TcpStream,
    upstream: TcpStream,
    left: Arc<AtomicI64>,
    swallows: Arc<AtomicBool>,
    broken: watch::Sender<u64>,
) {
    let mut end = broken.subscribe();
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = upstream.into_split();
    // The answer that is read next is that to a commit, and is lost: by then the server has carried it out.
    let lost = AtomicBool::new(false);
    let asking = async {
        let mut buffer = vec![0; 16 << 10];
        let mut writes = false;
        while let Ok(read @ 1..) = from_client.read(&mut buffer).await {
            let has = |words: &[u8]| buffer[..read].windows(words.len()).any(|piece| piece == words);
            // What only reads ends in a commit as well.
            writes =
                (writes || WRITES.iter().any(|words| has(words))) && !READS.iter().any(|words| has(words));
            if writes && COMMITS.iter().any(|words| has(words)) && swallows.swap(false, Ordering::SeqCst) {
                lost.store(true, Ordering::SeqCst);
            }
            if to_server.write_all(&buffer[..read]).await.is_err() {
                return;
            }
        }
    };
    let answering = async {
        let mut buffer = vec![0; 16 << 10];
        loop {
            let Ok(read @ 1..) = from_server.read(&mut buffer).await else {
                return;
            };
            if lost.load(Ordering::SeqCst) {
                left.store(0, Ordering::SeqCst);
            }
            let before = left.fetch_sub(read as i64, Ordering::SeqCst);
            // What still passes is the beginning of an answer, as it is when a server falls.
            let passes = usize::try_from(before.clamp(0, read as i64)).unwrap();
            if to_client.write_all(&buffer[..passes]).await.is_err() {
                return;
            }
            if passes < read {
                broken.send_modify(|count| *count += 1);
                return;
            }
        }
    };
    tokio::select! {
        _ = asking => {}
        () = answering => {}
        _ = end.changed() => {}
    }
}
