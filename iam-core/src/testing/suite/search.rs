//! Searches: every answer is the one of the naive evaluator over everything there is.

use super::{
    ground::{Ground, create, key, record},
    pages::walk,
    words::{TEXTS, Word, definitions, predicate, words},
};
use crate::{
    command::{CreateUser, UpdateUser},
    model::{EntityId, Kind, Moment, Value},
    plan::Change,
    search::{Cursor, Deleted, Operator, Predicate, Search, Sort, prefix_search},
    testing::{Dump, Random, oracle::Oracle},
    wire::Code,
};

/// Users with all sorts of values, some without; every fifth deleted.
pub(super) async fn populate(ground: &Ground, many: usize) -> (Dump, Vec<Word>) {
    ground.define("score", "number", false).await;
    ground.define("ratings", "number", true).await;
    let types = [
        ground.put(Kind::UserType, [("name", "one".into())]).await,
        ground.put(Kind::UserType, [("name", "two".into())]).await,
    ];
    let words = words(&types);
    let mut random = Random::new(7);
    let mut changes = Vec::new();
    let mut names = std::collections::BTreeSet::new();
    for number in 0..many {
        let id = ground.fresh(Kind::User);
        let name = format!("user{number}");
        let mut user = record(id, [("user_name", name.as_str().into())]);
        let deleted = number % 5 == 4;
        let mut taken = vec![key(Kind::User, "user_name", &name)];
        for word in &words {
            if word.attribute == "id" || random.percent(30) {
                continue;
            }
            let value = random.pick(&word.values).cloned().unwrap();
            let value = match word.attribute {
                "indexed_strings_1" | "ratings" => {
                    Value::List(vec![value, random.pick(&word.values).cloned().unwrap()])
                }
                "user_number" | "email" => {
                    let text = value.as_text().unwrap();
                    let claim = key(Kind::User, word.attribute, text);
                    if deleted || !names.insert(claim.clone()) {
                        continue;
                    }
                    taken.push(claim);
                    value
                }
                _ => value,
            };
            user.set(word.attribute, Some(value));
        }
        user.salt = Some(ground.iam.fresh_seed().salt(0));
        if deleted {
            user.set("deleted_at", Some(Moment::MIN.into()));
            taken.clear();
        }
        changes.push(create(user, taken));
    }
    ground.commit(&ground.plan(vec![], changes)).await.unwrap();
    (ground.dump().await, words)
}

pub(super) fn oracle<'a>(ground: &Ground, dump: &'a Dump) -> Oracle<'a> {
    Oracle {
        dump,
        now: ground.acme.context().now,
        definitions: &definitions,
    }
}

pub(super) async fn find(ground: &Ground, search: &Search) -> Vec<EntityId> {
    let (mut found, mut search) = (Vec::new(), search.clone().limit(200));
    loop {
        let page = ground.acme.search(&search).await.unwrap();
        found.extend(page.items.iter().map(|record| record.id));
        match page.next {
            Some(next) => search = search.cursor(next),
            None => return found,
        }
    }
}

async fn agree(ground: &Ground, dump: &Dump, filter: Predicate) {
    let expected = oracle(ground, dump).find(Kind::User, &filter, Deleted::Exclude);
    let search = Search::new(Kind::User).filter(filter);
    let found = find(ground, &search).await;
    assert_eq!(found, expected, "{:?}", search.filter);
}

/// S3-7, S3-8, S0-13: every operator on an attribute of every type, with every value.
pub(super) async fn search_every_operator(ground: &Ground) {
    let (dump, words) = populate(ground, 150).await;
    for word in &words {
        agree(ground, &dump, Predicate::present(word.attribute)).await;
        agree(ground, &dump, Predicate::present(word.attribute).negate()).await;
        agree(
            ground,
            &dump,
            Predicate::any_of(word.attribute, word.values.clone()),
        )
        .await;
        for value in &word.values {
            // The texts have a case of their own.
            if word.values.len() == TEXTS.len() && word.attribute != "city" {
                continue;
            }
            for operator in word.operators {
                agree(
                    ground,
                    &dump,
                    Predicate::compare(word.attribute, *operator, value.clone()),
                )
                .await;
            }
        }
    }
}

/// S1-29: nested AND, OR, NOT over all of it; and the same through SCIM text and JSON.
pub(super) async fn search_random_predicates(ground: &Ground) {
    let (dump, words) = populate(ground, 120).await;
    let mut random = Random::new(11);
    for _ in 0..250 {
        let filter = predicate(&mut random, &words, 4);
        let json: Predicate = serde_json::from_value(serde_json::to_value(&filter).unwrap()).unwrap();
        assert_eq!(json, filter);
        agree(ground, &dump, filter).await;
    }
}

/// Every text is found by itself, by its start, its end and its middle; patterns and quotations have no meaning.
pub(super) async fn search_hostile_texts(ground: &Ground) {
    let changes = TEXTS.iter().enumerate().map(|(number, text)| {
        let name = format!("user{number}");
        let values = [
            ("user_name", name.as_str().into()),
            ("city", (*text).into()),
            ("job", format!("x{text}x").into()),
        ];
        create(
            record(ground.fresh(Kind::User), values),
            vec![key(Kind::User, "user_name", &name)],
        )
    });
    ground
        .commit(&ground.plan(vec![], changes.collect()))
        .await
        .unwrap();
    let dump = ground.dump().await;
    for text in TEXTS {
        for operator in Operator::ALL {
            for attribute in ["city", "job"] {
                agree(ground, &dump, Predicate::compare(attribute, operator, *text)).await;
            }
        }
        agree(ground, &dump, Predicate::contains("job", format!("x{text}"))).await;
        agree(ground, &dump, Predicate::any_of("city", [*text, "nowhere"])).await;
    }
}

/// Values as long as they may be, alike up to their last character.
pub(super) async fn search_long_values(ground: &Ground) {
    let mut changes = Vec::new();
    for (number, stem) in ["a", "ß", "語", "😀"].into_iter().enumerate() {
        for (place, end) in ["1", "2", ""].into_iter().enumerate() {
            let text = format!("{}{end}", stem.repeat(249));
            let name = format!("user{number}{place}");
            let values = [
                ("user_name", name.as_str().into()),
                ("indexed_string_1", text.as_str().into()),
            ];
            changes.push(create(
                record(ground.fresh(Kind::User), values),
                vec![key(Kind::User, "user_name", &name)],
            ));
        }
    }
    ground.commit(&ground.plan(vec![], changes)).await.unwrap();
    let dump = ground.dump().await;
    for stem in ["a", "ß", "語", "😀"] {
        for text in [
            format!("{}1", stem.repeat(249)),
            stem.repeat(249),
            stem.repeat(248),
        ] {
            for operator in Operator::ALL {
                agree(
                    ground,
                    &dump,
                    Predicate::compare("indexed_string_1", operator, text.as_str()),
                )
                .await;
            }
        }
    }
    let sort = [Sort::descending("indexed_string_1")];
    let expected = oracle(ground, &dump).sorted(Kind::User, &Predicate::All, Deleted::Exclude, &sort);
    let search = Search::new(Kind::User).sort(sort).limit(1);
    let found = walk(
        ground,
        &search.total(true),
        |page| page.next.clone(),
        false,
        &expected,
    )
    .await;
    assert_eq!(found, expected);
}

/// S3-76: by identifier, alone and among other conditions.
pub(super) async fn search_by_id(ground: &Ground) {
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(ground.user(&format!("u{number}")).await);
    }
    let dump = ground.dump().await;
    let stranger = ground.fresh(Kind::User);
    agree(ground, &dump, Predicate::eq("id", ids[2].to_string())).await;
    agree(ground, &dump, Predicate::ne("id", ids[2].to_string())).await;
    agree(ground, &dump, Predicate::any_of("id", [ids[0], ids[4], stranger])).await;
    agree(ground, &dump, Predicate::eq("id", stranger.to_string())).await;
    agree(ground, &dump, Predicate::present("id")).await;
    let both = Predicate::eq("id", ids[1].to_string()).and(Predicate::eq("user_name", "u1").negate());
    agree(ground, &dump, both).await;
}

/// Lists of a thousand values, and several lists in one filter.
pub(super) async fn search_large_lists(ground: &Ground) {
    let (dump, _) = populate(ground, 80).await;
    let many = |from: usize, to: usize| {
        (from..to)
            .map(|number| format!("user{number}"))
            .collect::<Vec<_>>()
    };
    agree(ground, &dump, Predicate::any_of("user_name", many(40, 1_040))).await;
    let two = Predicate::any_of("user_name", many(0, 400))
        .and(Predicate::any_of("user_name", many(30, 500)).negate());
    agree(ground, &dump, two).await;
}

/// As deep and as wide as the limits allow; beyond them it is refused, not slow.
pub(super) async fn search_deep_predicates(ground: &Ground) {
    let (dump, _) = populate(ground, 30).await;
    let mut deep = Predicate::present("city");
    for level in 0..24 {
        deep = match level % 2 {
            0 => Predicate::Not(Box::new(Predicate::And(vec![
                deep,
                Predicate::starts_with("job", "a"),
            ]))),
            _ => Predicate::Or(vec![
                deep,
                Predicate::eq("privileged", true),
                Predicate::contains("city", "b"),
            ]),
        };
    }
    agree(ground, &dump, Predicate::And(vec![deep.clone()])).await;
    let wide = (0..150).map(|number| {
        Predicate::And(vec![
            Predicate::starts_with("city", format!("{number}")),
            Predicate::present("job"),
        ])
    });
    agree(ground, &dump, Predicate::Or(wide.collect())).await;
    for _ in 0..100 {
        deep = Predicate::Not(Box::new(deep));
    }
    let problem = ground
        .acme
        .search(&Search::new(Kind::User).filter(deep))
        .await
        .unwrap_err();
    assert_eq!(problem.code, Code::Filter);
}

/// S2-9, S2-11, S3-78: attributes that the realm declares are found and sorted like the built-in ones.
pub(super) async fn search_custom_attributes(ground: &Ground) {
    ground.define("shoe", "integer", false).await;
    ground.define("nick", "text", true).await;
    let create = |name: &str| CreateUser::new(name);
    let commands = [
        create("a")
            .set("shoe", 40)
            .set("nick", Value::List(vec!["Al".into(), "Ace".into()])),
        create("b").set("shoe", 39),
        create("c").set("nick", Value::List(vec!["ace".into()])),
    ];
    let mut ids: Vec<EntityId> = Vec::new();
    for command in commands {
        ids.push(ground.acme.execute(command).await.unwrap().id.unwrap());
    }
    let dump = ground.dump().await;
    agree(ground, &dump, Predicate::compare("shoe", Operator::Ge, 39)).await;
    agree(ground, &dump, Predicate::eq("shoe", 40)).await;
    agree(ground, &dump, Predicate::eq("nick", "ACE")).await;
    agree(ground, &dump, Predicate::ne("nick", "ace")).await;
    agree(ground, &dump, Predicate::starts_with("nick", "a")).await;
    agree(ground, &dump, Predicate::present("nick").negate()).await;
    let search = Search::new(Kind::User).sort([Sort::descending("shoe")]);
    assert_eq!(find(ground, &search).await, [ids[0], ids[1], ids[2]]);
    ground
        .acme
        .execute(UpdateUser::new(ids[0].try_into().unwrap()).set("shoe", 38))
        .await
        .unwrap();
    assert_eq!(find(ground, &search).await, [ids[1], ids[0], ids[2]]);
    // Another realm does not know them.
    let other = ground.iam.realm("other").await.unwrap().host("suite");
    assert_eq!(other.search(&search).await.unwrap_err().code, Code::Filter);
}

/// S3-78: an attribute that was removed and is declared again finds the values that were kept meanwhile, those of
/// records that changed in between as well; so does one whose removal is rolled back.
pub(super) async fn search_attribute_that_comes_back(ground: &Ground) {
    let define = || -> crate::command::Command {
        let json = serde_json::json!({"command": "attribute.define", "kind": "user", "name": "shoe", "label": "Shoe",
            "type": "integer", "searchable": true});
        serde_json::from_value(json).unwrap()
    };
    let remove = || -> crate::command::Command {
        let json = serde_json::json!({"command": "attribute.remove", "kind": "user", "name": "shoe"});
        serde_json::from_value(json).unwrap()
    };
    ground.acme.execute(define()).await.unwrap();
    let user = ground
        .acme
        .execute(CreateUser::new("a").set("shoe", 40))
        .await
        .unwrap();
    let id: crate::model::UserId = user.id().unwrap();
    let count = async || {
        ground
            .acme
            .count(Kind::User, Predicate::eq("shoe", 40))
            .await
            .unwrap()
    };
    for again in [false, true] {
        let kept = ground.acme.get(id).await.unwrap().value("shoe").is_some();
        assert_eq!(count().await, u64::from(kept));
        let removed = ground.acme.execute(remove()).await.unwrap();
        let city = if again { "Utica" } else { "Berlin" };
        ground
            .acme
            .execute(UpdateUser::new(id).set("city", city))
            .await
            .unwrap();
        if again {
            let undo = crate::service::Undo::Revision(removed.revision.unwrap());
            ground
                .acme
                .rollback(&undo, crate::service::OnConflict::Refuse)
                .await
                .unwrap();
        } else {
            ground.acme.execute(define()).await.unwrap();
        }
        let kept = ground.acme.get(id).await.unwrap().value("shoe").is_some();
        assert_eq!(count().await, u64::from(kept), "rolled back: {again}");
    }
}

/// S3-4, S3-5, S3-6, S3-7, S3-8, S3-9, S3-11: the list of a customer directory: by prefix, in any letter case, by
/// e-mail, twenty on a page, to the last page and back to everyone.
pub(super) async fn search_prefix_preset(ground: &Ground) {
    for number in 0..25 {
        let command =
            CreateUser::new(format!("anna{number:02}")).set("email", format!("{:02}@x.org", 30 - number));
        ground.acme.execute(command).await.unwrap();
    }
    ground
        .acme
        .execute(CreateUser::new("bert").set("last_name", "ANNAN"))
        .await
        .unwrap();
    ground.acme.execute(CreateUser::new("hanna")).await.unwrap();
    let search = prefix_search("ANN").unwrap().total(true);
    let first = ground.acme.search(&search).await.unwrap();
    assert_eq!((first.items.len(), first.total), (20, Some(26)));
    let emails: Vec<&str> = first.items.iter().map(|record| record.text("email")).collect();
    assert!(emails.is_sorted() && emails[0].is_empty());
    let second = ground
        .acme
        .search(&search.clone().cursor(first.next))
        .await
        .unwrap();
    assert_eq!((second.items.len(), second.next), (6, None));
    assert_eq!(
        ground
            .acme
            .search(&prefix_search(" ").unwrap().total(true))
            .await
            .unwrap()
            .total,
        Some(27)
    );
    let last = search.clone().cursor(Cursor::last(&search));
    assert_eq!(ground.acme.search(&last).await.unwrap().items.len(), 20);
}

/// S0-12, S2-11: what may not be searched is refused by name.
pub(super) async fn search_what_is_refused(ground: &Ground) {
    for filter in [
        Predicate::present("street"),
        Predicate::present("unindexed_string_1"),
        Predicate::present("nothing"),
        Predicate::eq("privileged", "maybe"),
        Predicate::compare("privileged", Operator::Gt, true),
    ] {
        let problem = ground
            .acme
            .search(&Search::new(Kind::User).filter(filter))
            .await
            .unwrap_err();
        assert_eq!(problem.code, Code::Filter);
        assert_eq!(problem.fields.len(), 1);
    }
    for limit in [0, 1_001] {
        assert_eq!(
            ground
                .acme
                .search(&Search::new(Kind::User).limit(limit))
                .await
                .unwrap_err()
                .code,
            Code::Filter
        );
    }
}

/// A search shows what the commit before it left: added, changed and removed values, several and single ones.
pub(super) async fn search_follows_changes(ground: &Ground) {
    let (_, words) = populate(ground, 40).await;
    let mut random = Random::new(3);
    for _ in 0..40 {
        let users: Vec<_> = ground.dump().await.of_kind(Kind::User).cloned().collect();
        let user = random.pick(&users).unwrap();
        let mut after = (**user).clone();
        after.version += 1;
        for word in &words {
            if matches!(word.attribute, "id" | "email" | "user_number") || random.percent(60) {
                continue;
            }
            let value = random.pick(&word.values).cloned().unwrap();
            let value = match word.attribute {
                "indexed_strings_1" | "ratings" => Value::List(vec![value]),
                _ => value,
            };
            after.set(word.attribute, random.percent(70).then_some(value));
        }
        let change = Change::Record {
            before: Some(user.clone()),
            after: Some(after.shared()),
            taken: vec![],
            released: vec![],
            cause: Default::default(),
        };
        ground.commit(&ground.plan(vec![], vec![change])).await.unwrap();
        let dump = ground.dump().await;
        for _ in 0..4 {
            agree(ground, &dump, predicate(&mut random, &words, 2)).await;
        }
    }
}
