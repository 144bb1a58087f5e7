use super::*;
use crate::{
    command::{CreateTemplate, CreateUser, DeleteTemplate, UpdateTemplate},
    model::TemplateId,
    wire::Code,
};

fn template(world: &mut World, name: &str, when: (&str, &str), values: &str) -> TemplateId {
    world.made(
        CreateTemplate::default()
            .set("name", name)
            .set(when.0, when.1)
            .set("values", json(values)),
    )
}

/// S1-13, S1-14: job and department pre-fill; what the command says counts more, the job's template more than the
/// department's.
#[test]
fn templates_pre_fill_by_job_and_department() {
    let mut world = World::new();
    template(
        &mut world,
        "Clerk",
        ("when_job", "Clerk"),
        r#"{"location": "Office", "language": "EN-us"}"#,
    );
    let sales = template(
        &mut world,
        "Sales",
        ("when_department", "Sales"),
        r#"{"location": "Field", "city": "Utica"}"#,
    );
    let alice = world.made::<UserId>(
        CreateUser::new("alice")
            .set("job", "CLERK")
            .set("department", "sales")
            .set("city", "Rome"),
    );
    let record = world.record(alice);
    assert_eq!(record.text("location"), "Office");
    assert_eq!(record.text("language"), "en-US");
    assert_eq!(record.text("city"), "Rome");

    let bob = world.made::<UserId>(CreateUser::new("bob").set("department", "Sales"));
    assert_eq!(world.record(bob).text("location"), "Field");
    let carol = user(&mut world, "carol");
    assert!(world.record(carol).value("location").is_none());
    // Named, a template fills in whatever the job is.
    let dave = world.made::<UserId>(CreateUser {
        template: Some(sales),
        ..CreateUser::new("dave")
    });
    assert_eq!(world.record(dave).text("city"), "Utica");

    world.ok(UpdateTemplate {
        template: sales,
        attributes: [("values".to_owned(), Some(json(r#"{"city": "Troy"}"#)))].into(),
    });
    let eve = world.made::<UserId>(CreateUser::new("eve").set("department", "Sales"));
    assert_eq!(world.record(eve).text("city"), "Troy");
    assert_eq!(world.record(dave).text("city"), "Utica");
    world.ok(DeleteTemplate { template: sales });
    let frank = world.made::<UserId>(CreateUser::new("frank").set("department", "Sales"));
    assert!(world.record(frank).value("city").is_none());
}

/// S1-15: values of a template are checked when it is made, not when the first user is made from it.
#[test]
fn values_of_a_template_are_values_of_users() {
    let mut world = World::new();
    let wrong = world.wrong(CreateTemplate::default().set("name", "T").set(
        "values",
        json(
            r#"{"nothing": "x", "phone": "12", "email": "a@example.com", "locked": true, "city": "", "country": "US"}"#,
        ),
    ));
    let fields: Vec<_> = wrong.keys().map(String::as_str).collect();
    assert_eq!(
        fields,
        [
            "values.city",
            "values.email",
            "values.locked",
            "values.nothing",
            "values.phone"
        ]
    );
    template(&mut world, "T", ("when_job", "x"), r#"{"country": "US"}"#);
    world.refused_as(Code::Taken, CreateTemplate::default().set("name", "t"));
}
