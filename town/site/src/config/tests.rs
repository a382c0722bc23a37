#![allow(clippy::unwrap_used)]

use super::*;

fn read(file: &str, variables: &[(&str, &str)], options: &[(&'static str, &str)]) -> Result<Config, Refused> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ocotillo.toml");
    std::fs::write(&path, file).unwrap();
    let values = options.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::read(&Flags { config: Some(path), values }, variables, "folder")
}

fn refused(file: &str, variables: &[(&str, &str)], options: &[(&'static str, &str)]) -> Refused {
    read(file, variables, options).map(|config| config.to_string()).unwrap_err()
}

#[test]
fn everything_has_a_default() {
    let config = read("", &[], &[]).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.database, "sqlite:folder/ocotillo.db");
    assert_eq!(config.origin_at(config.listen), "http://127.0.0.1:8080");
    assert!(config.mail.server.is_none());
}

#[test]
fn the_command_line_is_stronger_than_the_environment_and_that_than_the_file() {
    let file = "cache = 1\nlog = \"info\"\nlisten = \"127.0.0.1:1\"";
    let config = read(file, &[("OCOTILLO_CACHE", "2"), ("OCOTILLO_LISTEN", "127.0.0.1:2")], &[("listen", "127.0.0.1:3")]).unwrap();
    assert_eq!((config.log.as_str(), config.cache, config.listen.port()), ("info", 2, 3));
}

#[test]
fn parts_of_mail_come_from_either_layer() {
    let file = "[mail]\nserver = \"smtp://localhost\"";
    let config = read(file, &[("OCOTILLO_MAIL_FROM", "The Lantern <desk@town.example>")], &[]).unwrap();
    assert_eq!(config.mail.server.as_deref(), Some("smtp://localhost"));
    assert_eq!(config.mail.from.unwrap().email(), "desk@town.example");
}

#[test]
fn the_data_folder_is_where_its_file_is_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ocotillo.toml"), "cache = 7").unwrap();
    let values = vec![("data", folder.path().display().to_string())];
    let config = Config::read(&Flags { config: None, values }, [], "elsewhere").unwrap();
    assert_eq!((config.cache, config.data.as_path()), (7, folder.path()));
}

#[test]
fn proxies_are_a_list_in_the_file_and_commas_in_a_variable() {
    let from_file = read("trusted_proxies = [\"10.0.0.1\", \"::1\"]", &[], &[]).unwrap();
    let from_variable = read("", &[("OCOTILLO_TRUSTED_PROXIES", "10.0.0.1, ::1")], &[]).unwrap();
    assert_eq!(from_file.trusted_proxies, from_variable.trusted_proxies);
    assert_eq!(from_file.trusted_proxies.len(), 2);
}

#[test]
fn what_cannot_be_meant_is_refused_by_key_value_expectation_and_place() {
    for (key, file) in [
        ("listen", "listen = \"8080\""),
        ("listen", "listen = 8080"),
        ("data", "data = \"\""),
        ("database", "database = \"mysql://town\""),
        ("database", "database = \"sqlite:\""),
        ("origin", "origin = \"news.example.org\""),
        ("origin", "origin = \"https://news.example.org/paper\""),
        ("origin", "origin = \"ftp://news.example.org\""),
        ("trusted_proxies", "trusted_proxies = [\"everybody\"]"),
        ("trusted_proxies", "trusted_proxies = 7"),
        ("cache", "cache = 0"),
        ("cache", "cache = -5"),
        ("cache", "cache = 1.5"),
        ("cache", "cache = 9999999"),
        ("log", "log = \"loud\""),
        ("mail.server", "[mail]\nserver = \"mail.example.org\""),
        ("mail.server", "[mail]\nserver = \"smtp://ana:secret@mail.example.org\""),
        ("mail.from", "[mail]\nfrom = \"The Lantern\""),
        ("mail", "mail = \"yes\""),
        ("mail.port", "[mail]\nport = 25"),
        ("media", "media = \"gs://town\""),
        ("media", "media = \"s3://\""),
        ("media", "media = \"s3://to wn/x\""),
        ("media", "media = \"s3://town/../other\""),
        ("media", "media = 7"),
        ("s3.endpoint", "media = \"s3://town\"\n[s3]\nendpoint = \"s3.example.org\""),
        ("s3.endpoint", "media = \"s3://town\"\n[s3]\nendpoint = \"http://s3.example.org\""),
        ("s3.endpoint", "[s3]\nendpoint = \"https://s3.example.org/town\""),
        ("s3.path_style", "[s3]\npath_style = \"often\""),
        ("s3.bucket", "[s3]\nbucket = \"town\""),
        ("listn", "listn = \"127.0.0.1:80\""),
    ] {
        let refused = refused(file, &[], &[]);
        assert_eq!(refused.key, key, "{file}");
        assert!(!refused.expected.is_empty() && refused.place.ends_with("ocotillo.toml"), "{refused}");
    }
}

#[test]
fn the_place_of_a_wrong_value_is_the_layer_it_came_from() {
    assert_eq!(refused("cache = 3", &[("OCOTILLO_CACHE", "much")], &[]).place, "the environment variable OCOTILLO_CACHE");
    assert_eq!(refused("cache = 3", &[("OCOTILLO_MAIL_FROM", "x")], &[]).place, "the environment variable OCOTILLO_MAIL_FROM");
    assert_eq!(refused("listen = \"[::1]:1\"", &[], &[("listen", "here")]).place, "the option --listen");
    assert_eq!(refused("", &[("OCOTILLO_COLOUR", "red")], &[]).key, "colour");
}

#[test]
fn secrets_are_not_repeated() {
    for file in [
        "[mail]\nserver = \"smtp://ana:hunter2@mail.example.org\"",
        "database = \"mysql://ana:hunter2@host/town\"",
        "database_url = \"postgres://ana:hunter2@host/town\"",
        "database = \"nothing://host/town?password=hunter2\"",
    ] {
        assert!(!refused(file, &[], &[]).to_string().contains("hunter2"), "{file}");
    }
}

#[test]
fn a_file_that_is_no_toml_says_where() {
    let refused = refused("listen = \n", &[], &[]);
    assert!(refused.to_string().contains("ocotillo.toml") && refused.found.contains("line 1"), "{refused}");
    let named = Flags { config: Some("/nowhere/at-all.toml".into()), values: Vec::new() };
    assert!(Config::read(&named, [], "folder").unwrap_err().to_string().contains("no such file"));
}

#[test]
fn https_needs_both_files_from_whichever_layer() {
    let both = read("[tls]\ncertificate = \"chain.pem\"", &[("OCOTILLO_TLS_KEY", "key.pem")], &[]).unwrap();
    assert_eq!(both.tls.as_ref().unwrap().key.to_str(), Some("key.pem"));
    assert!(both.origin_at(both.listen).starts_with("https://"));
    assert_eq!(refused("[tls]\nkey = \"key.pem\"", &[], &[]).key, "tls.certificate");
}

const BUCKET: &str = "media = \"s3://town/pictures/\"\n[s3]\nregion = \"eu-central-1\"\nkey_id = \"AKIA\"\nsecret = \"hunter2\"";

fn bucket(config: &Config) -> &media::Bucket {
    match &config.files {
        Files::Bucket(bucket) => bucket,
        Files::Folder(folder) => panic!("{}", folder.display()),
    }
}

#[test]
fn files_are_kept_in_a_folder_or_a_bucket() {
    assert_eq!(read("", &[], &[]).unwrap().files.place(), "folder/media");
    assert_eq!(read("", &[], &[("media", "/srv/pictures")]).unwrap().files.place(), "/srv/pictures");
    let config = read(BUCKET, &[], &[]).unwrap();
    let found = bucket(&config);
    assert_eq!((found.name.as_str(), found.prefix.as_str(), found.region.as_str()), ("town", "pictures", "eu-central-1"));
    assert!(found.endpoint.is_none() && found.path_style && found.secret == "hunter2");
    let shown = config.to_string();
    assert!(shown.contains("media = \"s3://town/pictures\"") && shown.contains("key_id = \"AKIA\""), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
    assert_eq!(read(BUCKET, &[], &[("media", "pictures")]).unwrap().files.place(), "pictures", "the option is stronger");
}

#[test]
fn the_key_to_a_bucket_comes_from_the_file_our_variables_or_those_everybody_knows() {
    let known = [("AWS_ACCESS_KEY_ID", "known"), ("AWS_SECRET_ACCESS_KEY", "secret"), ("AWS_REGION", "eu-west-1")];
    let config = read("media = \"s3://town\"", &known, &[]).unwrap();
    assert_eq!((bucket(&config).key_id.as_str(), bucket(&config).region.as_str()), ("known", "eu-west-1"));
    assert_eq!(bucket(&read(BUCKET, &known, &[]).unwrap()).key_id, "AKIA", "what is meant for this site is stronger");
    let ours = [&known[..], &[("OCOTILLO_S3_KEY_ID", "ours")]].concat();
    assert_eq!(bucket(&read(BUCKET, &ours, &[]).unwrap()).key_id, "ours");
    read("", &known, &[]).unwrap();
}

#[test]
fn a_bucket_lacks_nothing_and_nothing_is_said_to_it_in_the_open() {
    for (key, file) in [
        ("s3.region", "media = \"s3://town\""),
        ("s3.key_id", "media = \"s3://town\"\n[s3]\nendpoint = \"https://s3.example.org\""),
        ("s3.secret", "media = \"s3://town\"\n[s3]\nregion = \"x\"\nkey_id = \"AKIA\""),
    ] {
        assert_eq!(refused(file, &[], &[]).key, key, "{file}");
    }
    let at = |endpoint: &str, allow: &str| {
        let variables = [("OCOTILLO_S3_ENDPOINT", endpoint), ("OCOTILLO_S3_ALLOW_HTTP", allow)];
        read(BUCKET, &variables, &[]).map(|config| bucket(&config).endpoint.clone().unwrap_or_default())
    };
    assert_eq!(at("http://127.0.0.1:9000", "false").unwrap(), "http://127.0.0.1:9000");
    assert_eq!(at("http://localhost:9000/", "false").unwrap(), "http://localhost:9000");
    assert_eq!(at("http://minio:9000", "true").unwrap(), "http://minio:9000");
    let open = at("http://minio:9000", "false").unwrap_err();
    assert_eq!((open.key.as_str(), open.place.as_str()), ("s3.endpoint", "the environment variable OCOTILLO_S3_ENDPOINT"));
    assert!(open.found.contains("minio") && open.expected.contains("s3.allow_http"), "{open}");
    let shown = refused("[s3]\nsecret = [\"hunter2\"]", &[], &[]).to_string();
    assert!(shown.starts_with("s3.secret: found •••") && !shown.contains("hunter2"), "{shown}");
}

const PROVIDER: &str = "[openid.lantern-id]\nissuer = \"https://id.example.org/realms/town\"\nclient_id = \"paper\"\nsecret = \"hunter2\"";

#[test]
fn whoever_vouches_for_people_is_named_in_the_file_or_in_variables() {
    let variables = [
        ("OCOTILLO_OPENID_GOOGLE_ISSUER", "https://accounts.google.com"),
        ("OCOTILLO_OPENID_GOOGLE_CLIENT_ID", "77.apps"),
        ("OCOTILLO_OPENID_LANTERN-ID_TITLE", "The Lantern ID"),
    ];
    let config = read(PROVIDER, &variables, &[]).unwrap();
    let [google, lantern] = &config.providers[..] else { panic!("{:?}", config.providers) };
    assert_eq!((google.name.as_str(), google.title.as_str(), google.client_id.as_str()), ("google", "Google", "77.apps"));
    assert!(google.secret.is_none());
    assert_eq!((lantern.name.as_str(), lantern.title.as_str()), ("lantern-id", "The Lantern ID"));
    assert_eq!((lantern.issuer.as_str(), lantern.secret.as_deref()), ("https://id.example.org/realms/town", Some("hunter2")));
    let shown = config.to_string();
    assert!(shown.contains("[openid.lantern-id]") && shown.contains("client_id = \"paper\"") && !shown.contains("hunter2"), "{shown}");
    assert!(!format!("{config:?}").contains("hunter2"));
    assert!(read("", &[], &[]).unwrap().providers.is_empty());
}

#[test]
fn a_provider_that_cannot_be_meant_is_refused() {
    for (key, file) in [
        ("openid.x.issuer", "[openid.x]\nclient_id = \"a\""),
        ("openid.x.client_id", "[openid.x]\nissuer = \"https://id.example.org\""),
        ("openid.x.issuer", "[openid.x]\nissuer = \"http://id.example.org\""),
        ("openid.x.issuer", "[openid.x]\nissuer = \"https://192.0.2.7\""),
        ("openid.x.issuer", "[openid.x]\nissuer = \"https://id.example.org?a=b\""),
        ("openid.x.title", "[openid.x]\nissuer = \"https://id.example.org\"\nclient_id = \"a\"\ntitle = \"\""),
        ("openid.x.colour", "[openid.x]\ncolour = \"red\""),
        ("openid.X Y.issuer", "[openid.\"X Y\"]\nissuer = \"https://id.example.org\""),
        ("openid.issuer", "[openid]\nissuer = \"https://id.example.org\""),
        ("openid", "openid = 7"),
    ] {
        assert_eq!(refused(file, &[], &[]).key, key, "{file}");
    }
    assert!(
        !refused("[openid.x]\nsecret = [\"hunter2\"]\nissuer = \"https://id.example.org\"\nclient_id = \"a\"", &[], &[])
            .to_string()
            .contains("hunter2")
    );
}
