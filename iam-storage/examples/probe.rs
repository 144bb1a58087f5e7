//! Throw-away probe.
use iam_core::{
    command::*,
    model::*,
    service::{BatchMode, Iam},
};
use iam_storage::{host, memory::MemoryStorage};
use std::{sync::Arc, time::Instant};
fn main() {
    pollster::block_on(async {
        let iam = Iam::new(Arc::new(MemoryStorage::new()), host::system([1; 32])).unwrap();
        let acme = iam.realm("acme").await.unwrap().host("probe");
        let n = 100_000;
        let start = Instant::now();
        let mut ids = vec![];
        for part in 0..n / 500 {
            let commands: Vec<Command> = (0..500)
                .map(|i| {
                    let k = part * 500 + i;
                    CreateUser::new(format!("user{k}"))
                        .set("email", format!("user{k}@example.com"))
                        .set("first_name", "Ada")
                        .set("last_name", format!("Name{}", k % 977))
                        .set("city", "Utica")
                        .set("job", "Clerk")
                        .set("user_number", format!("{k}"))
                        .into()
                })
                .collect();
            let out = acme.batch(&commands, BatchMode::Each).await.unwrap();
            ids.extend(out.results.into_iter().map(|r| r.unwrap().unwrap()));
        }
        let t = start.elapsed();
        println!("import {:.0}/s", n as f64 / t.as_secs_f64());
        let start = Instant::now();
        for i in 0..2_000usize {
            acme.get(ids[(i * 7919) % ids.len()]).await.unwrap();
        }
        println!("get {:.0}/s", 200_000f64 / start.elapsed().as_secs_f64());
        let start = Instant::now();
        for i in 0..2_000usize {
            let id = ids[(i * 7919) % ids.len()];
            acme.execute(UpdateUser::new(id.try_into().unwrap()).set("city", format!("c{i}")))
                .await
                .unwrap();
        }
        println!("update {:.0}/s", 20_000f64 / start.elapsed().as_secs_f64());
    });
}
