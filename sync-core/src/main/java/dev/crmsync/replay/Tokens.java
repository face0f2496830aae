package dev.crmsync.replay;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.model.NativeValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that stand for values, made with a key that nobody keeps: equal values have equal tokens, different ones different
 * tokens, blank ones stay as they are, and the token of a text tells its length. Tokens of ids sort as the ids did, for among
 * records of one link the order decides. Knows the way back as long as it lives. Not thread-safe.
 */
final class Tokens {
    /** Makes a token what no plain text is, so that nothing is read out of it. */
    private static final char MARK = '~';

    private static final int DIGITS = 12;
    private static final int NUMBER_BITS = 50;
    private static final int TIME_BITS = 40;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final byte[] key;
    private final Set<String> clear;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> textsBack = new HashMap<>();
    private final Map<BigDecimal, BigDecimal> numbers = new HashMap<>();
    private final Map<BigDecimal, BigDecimal> numbersBack = new HashMap<>();
    private final Map<Instant, Instant> times = new HashMap<>();
    private final Map<Instant, Instant> timesBack = new HashMap<>();

    /**
     * Tokens under a key.
     *
     * @param key the key
     * @param clear texts that stand for themselves, because the rules name them
     * @param ids all ids of links and records, whose tokens are to sort as they do
     */
    Tokens(byte[] key, Set<String> clear, SortedSet<String> ids) {
        this.key = key.clone();
        this.clear = Set.copyOf(clear);
        int place = 0;
        for (String id : ids) {
            if (!blank(id)) {
                keep(id, String.format("%06d%s", place++, MARK));
            }
        }
    }

    String text(String text) {
        if (blank(text) || clear.contains(text) && !texts.containsKey(text)) {
            return text;
        }
        String known = texts.get(text);
        return known == null ? keep(text, "") : known;
    }

    private String keep(String text, String before) {
        String token = before + mac("text", text).substring(0, DIGITS) + MARK + text.length();
        texts.put(text, token);
        String other = textsBack.put(token, text);
        if (other != null && !other.equals(text)) {
            throw new IllegalStateException("two values have the same token; export again, under another key");
        }
        return token;
    }

    String textBack(String token) {
        return textsBack.getOrDefault(token, token);
    }

    private BigDecimal number(BigDecimal number) {
        return numbers.computeIfAbsent(number, fresh -> {
            BigInteger drawn = new BigInteger(mac("number", fresh.toString()), 16);
            BigDecimal token = new BigDecimal(
                    drawn.mod(BigInteger.ONE.shiftLeft(NUMBER_BITS)).add(BigInteger.ONE));
            // As it is compared: without the zeros that say nothing.
            BigDecimal plain = token.stripTrailingZeros();
            numbersBack.put(plain, fresh);
            return plain;
        });
    }

    private Instant time(Instant time) {
        return times.computeIfAbsent(time, fresh -> {
            BigInteger drawn = new BigInteger(mac("time", fresh.toString()), 16);
            Instant token = Instant.ofEpochMilli(
                    drawn.mod(BigInteger.ONE.shiftLeft(TIME_BITS)).longValueExact());
            timesBack.put(token, fresh);
            return token;
        });
    }

    private String mac(String kind, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((kind + ' ').getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException missing) {
            throw new IllegalStateException("every Java platform has HmacSHA256", missing);
        }
    }

    NativeValue of(NativeValue value) {
        return through(value, true);
    }

    NativeValue back(NativeValue value) {
        return through(value, false);
    }

    /** Of a slot that refers to records: numbers there are ids. */
    NativeValue ofIds(NativeValue value) {
        if (value instanceof NativeValue.Number id) {
            return new NativeValue.Text(text(id.number().toPlainString()));
        } else if (value instanceof NativeValue.Items items) {
            return new NativeValue.Items(items.items().stream().map(this::ofIds).toList());
        }
        return of(value);
    }

    private NativeValue through(NativeValue value, boolean to) {
        if (value instanceof NativeValue.Text text) {
            return new NativeValue.Text(to ? text(text.text()) : textBack(text.text()));
        } else if (value instanceof NativeValue.Number number) {
            return new NativeValue.Number(
                    to ? number(number.number()) : numbersBack.getOrDefault(number.number(), number.number()));
        } else if (value instanceof NativeValue.Items items) {
            List<NativeValue> all = new ArrayList<>();
            items.items().forEach(item -> all.add(through(item, to)));
            return new NativeValue.Items(all);
        } else if (value instanceof NativeValue.Entries entries) {
            Map<String, NativeValue> all = new TreeMap<>();
            entries.entries().forEach((name, entry) -> all.put(name, through(entry, to)));
            return new NativeValue.Entries(all);
        }
        return value;
    }

    Value of(Value value) {
        return through(value, true);
    }

    Value back(Value value) {
        return through(value, false);
    }

    @Nullable Value ofAny(@Nullable Value value) {
        return value == null ? null : of(value);
    }

    private Value through(Value value, boolean to) {
        if (value instanceof Value.Text text) {
            return new Value.Text(to ? text(text.text()) : textBack(text.text()));
        } else if (value instanceof Value.Number number) {
            return new Value.Number(
                    to ? number(number.number()) : numbersBack.getOrDefault(number.number(), number.number()));
        } else if (value instanceof Value.Time time) {
            return new Value.Time(to ? time(time.time()) : timesBack.getOrDefault(time.time(), time.time()));
        } else if (value instanceof Value.Members members) {
            return new Value.Members(through(members.members(), to));
        } else if (value instanceof Value.Reference reference) {
            return new Value.Reference(to ? text(reference.link()) : textBack(reference.link()));
        } else if (value instanceof Value.References references) {
            return new Value.References(through(references.links(), to));
        }
        return value;
    }

    private SortedSet<String> through(SortedSet<String> all, boolean to) {
        SortedSet<String> other = new TreeSet<>();
        all.forEach(one -> other.add(to ? text(one) : textBack(one)));
        return other;
    }

    private static boolean blank(String text) {
        return text.chars()
                .allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK);
    }
}
