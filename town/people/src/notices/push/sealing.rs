//! Sealing a message for one browser (RFC 8291, with the one record of RFC 8188 that it takes).

use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree},
    hmac, rand,
};

use super::Subscription;

/// The record size that is stated. A message is one record, and services take no more than this (RFC 8030 §7.2).
const RECORD: u32 = 4096;
/// Longest message: the record less its header, the tag and the mark of the last record.
const MAX: usize = 4096 - 86 - 16 - 1;

/// Why a message could not be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is longer than services take.
    #[error("the message is longer than browsers take")]
    TooLong,
    /// The browser's key is no point of the curve, or there is no randomness.
    #[error("the browser’s key cannot be used")]
    Key,
}

/// The body of a request (`Content-Encoding: aes128gcm`) that this browser alone can read.
///
/// # Errors
/// [`Refused`] says why not.
pub fn seal(to: &Subscription, message: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut salt = [0; 16];
    rand::fill(&mut salt).map_err(|_| Refused::Key)?;
    let own = PrivateKey::generate(&ECDH_P256).map_err(|_| Refused::Key)?;
    seal_with(to, message, &own, &salt)
}

fn seal_with(to: &Subscription, message: &[u8], own: &PrivateKey, salt: &[u8; 16]) -> Result<Vec<u8>, Refused> {
    if message.len() > MAX {
        return Err(Refused::TooLong);
    }
    let public = own.compute_public_key().map_err(|_| Refused::Key)?;
    let shared = agree(own, UnparsedPublicKey::new(&ECDH_P256, &to.public_key), Refused::Key, |secret| Ok(secret.to_vec()))?;
    // RFC 8291 §3.4: the secret of the two, and that of the browser, make the keying material.
    let info = [b"WebPush: info\0", &*to.public_key, public.as_ref()].concat();
    let material = expand(&extract(&to.auth, &shared), &info);
    // RFC 8188 §2.2 and §2.3.
    let key = extract(salt, &material);
    let (content, nonce) = (expand(&key, b"Content-Encoding: aes128gcm\0"), expand(&key, b"Content-Encoding: nonce\0"));
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &content[..16]).map_err(|_| Refused::Key)?);
    let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).map_err(|_| Refused::Key)?;
    // Two says that this is the last record.
    let mut record = [message, &[2]].concat();
    cipher.seal_in_place_append_tag(nonce, Aad::empty(), &mut record).map_err(|_| Refused::Key)?;
    Ok([&salt[..], &RECORD.to_be_bytes(), &[65], public.as_ref(), &record].concat())
}

/// HKDF-Extract with SHA-256 (RFC 5869 §2.2).
fn extract(salt: &[u8], material: &[u8]) -> hmac::Tag {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, salt), material)
}

/// The first 32 bytes of HKDF-Expand (RFC 5869 §2.3): no more is needed here.
fn expand(key: &hmac::Tag, info: &[u8]) -> [u8; 32] {
    let block = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key.as_ref()), &[info, &[1]].concat());
    let mut bytes = [0; 32];
    bytes.copy_from_slice(block.as_ref());
    bytes
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use data_encoding::BASE64URL_NOPAD;

    fn read(text: &str) -> Vec<u8> {
        BASE64URL_NOPAD.decode(text.as_bytes()).unwrap()
    }

    fn browser() -> Subscription {
        Subscription {
            endpoint: "https://push.example/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV".into(),
            public_key: read("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            auth: read("BTBZMqHH6r4Tts7J_aSIgg"),
        }
    }

    /// RFC 8291, appendix A.
    #[test]
    fn the_example_of_the_rfc_comes_out_as_it_stands_there() {
        let own = PrivateKey::from_private_key(&ECDH_P256, &read("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).unwrap();
        let salt = read("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let sealed = seal_with(&browser(), b"When I grow up, I want to be a watermelon", &own, &salt).unwrap();
        assert_eq!(
            BASE64URL_NOPAD.encode(&sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn a_message_is_as_long_as_services_take_and_never_sealed_the_same_twice() {
        assert_eq!(seal(&browser(), &[0; MAX]).unwrap().len(), RECORD as usize);
        assert_eq!(seal(&browser(), &[0; MAX + 1]), Err(Refused::TooLong));
        assert_ne!(seal(&browser(), b"x"), seal(&browser(), b"x"));
    }

    #[test]
    fn a_key_that_is_no_point_of_the_curve_is_refused() {
        let mut wrong = browser();
        wrong.public_key[40] ^= 1;
        assert_eq!(seal(&wrong, b"x"), Err(Refused::Key));
    }

    #[test]
    fn what_a_browser_says_is_looked_at() {
        let (key, auth) = (BASE64URL_NOPAD.encode(&browser().public_key), BASE64URL_NOPAD.encode(&browser().auth));
        assert_eq!(Subscription::parse(&browser().endpoint, &key, &auth, false), Some(browser()));
        for (endpoint, key, auth) in [
            ("http://push.example/x", &*key, &*auth),
            ("javascript:alert(1)", &key, &auth),
            ("https://push.example/x", &key[..80], &auth),
            ("https://push.example/x", "%%%", &auth),
            ("https://push.example/x", &key, "AAAA"),
            (&format!("https://push.example/{}", "x".repeat(1_000)), &key, &auth),
        ] {
            assert_eq!(Subscription::parse(endpoint, key, auth, false), None, "{endpoint} {key} {auth}");
        }
        assert!(Subscription::parse("http://push.example/x", &key, &auth, true).is_some());
    }
}
