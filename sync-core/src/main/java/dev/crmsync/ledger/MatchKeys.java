package dev.crmsync.ledger;

import dev.crmsync.identity.Identity;
import dev.crmsync.identity.Situation;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.store.MatchKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Salted digests of the values by which records recognise each other: the store never sees the values. */
final class MatchKeys {
    private static final String ALGORITHM = "HmacSHA256";

    /** Under the salt and never fed: each digest is made by a copy, which is far cheaper than a new one and shares nothing. */
    private final Mac salted;

    private final SecretKeySpec salt;

    MatchKeys(Bytes salt) {
        this.salt = new SecretKeySpec(salt.toArray(), ALGORITHM);
        this.salted = anew(this.salt);
    }

    private static Mac anew(SecretKeySpec salt) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(salt);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    MatchKey of(String type, Situation.Match match) {
        return new MatchKey(type, match.field(), digest(type + '\n' + match.field() + '\n' + text(match.value())));
    }

    Set<MatchKey> of(LinkState link, Rules rules) {
        Function<Situation.Match, MatchKey> key = match -> of(link.type(), match);
        return Identity.matchesOf(link, rules).stream().map(key).collect(Collectors.toSet());
    }

    /** The keys that are in one set and not in the other. */
    static Set<MatchKey> without(Set<MatchKey> all, Set<MatchKey> these) {
        return all.stream().filter(key -> !these.contains(key)).collect(Collectors.toSet());
    }

    private static String text(Value value) {
        if (value instanceof Value.Text text) {
            return text.text();
        }
        return value instanceof Value.Members members ? new TreeSet<>(members.members()).toString() : value.toString();
    }

    private String digest(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(copy().doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Mac copy() {
        try {
            return (Mac) salted.clone();
        } catch (CloneNotSupportedException e) {
            // Some security providers keep the state where it cannot be copied.
            return anew(salt);
        }
    }
}
