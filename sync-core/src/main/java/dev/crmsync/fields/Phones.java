package dev.crmsync.fields;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.crmsync.spi.SyncException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Phone numbers as people type them, read with a default region. Thread-safe; remembers what it has parsed. */
final class Phones {
    private static final int REMEMBERED = 20_000;

    /**
     * One phone number.
     *
     * @param canonical E.164, with {@code ;ext=} and the extension where there is one, or the text as it was
     * @param key equal for equivalent numbers
     * @param valid whether it lies in a range that is in use
     */
    record Phone(String canonical, String key, boolean valid) {
        @Override
        public String toString() {
            return valid ? "a valid phone number" : "a phone number that is not valid";
        }
    }

    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    private final Cache<String, Phone> known = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();
    private final String region;

    Phones(String region) {
        this.region = region.toUpperCase(Locale.ROOT);
        if (!numbers.getSupportedRegions().contains(this.region)) {
            throw SyncException.configuration(
                            "the default region for phone numbers is no ISO 3166 region that has phone numbers; give the two"
                                    + " letters of the country whose local numbers your systems hold, as with"
                                    + " Sync.defaultRegion(\"ID\") for Indonesia")
                    .about("default region");
        }
    }

    String region() {
        return region;
    }

    /** The text is canonical and not blank. */
    Phone of(String text) {
        return known.get(text, this::parse);
    }

    private Phone parse(String text) {
        Phone once = international(text);
        if (once == null) {
            return raw(text);
        }
        // A form that reads back as another number would change at each round trip.
        Phone again = international(once.canonical());
        return again != null && again.canonical().equals(once.canonical()) ? once : raw(text);
    }

    private @Nullable Phone international(String text) {
        PhoneNumber number;
        try {
            number = numbers.parse(text, region);
        } catch (NumberParseException e) {
            return null;
        }
        if (numbers.isPossibleNumberWithReason(number) != ValidationResult.IS_POSSIBLE
                || lettersBecameDigits(text, number)) {
            return null;
        }
        String e164 = numbers.format(number, PhoneNumberFormat.E164);
        String canonical = number.hasExtension() ? e164 + ";ext=" + number.getExtension() : e164;
        return new Phone(canonical, canonical, numbers.isValidNumber(number));
    }

    /** The parser spells letters on a keypad, so that "0812 3456 789 home" would become another number. */
    private boolean lettersBecameDigits(String text, PhoneNumber number) {
        if (text.codePoints().noneMatch(Character::isLetter)) {
            return false;
        }
        String dialled = numbers.getNationalSignificantNumber(number) + number.getExtension();
        return !PhoneNumberUtil.normalizeDigitsOnly(text).endsWith(dialled);
    }

    private static Phone raw(String text) {
        StringBuilder key = new StringBuilder("?");
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(c -> key.appendCodePoint(Character.isDigit(c) ? '0' + Character.digit(c, 10) : c));
        return new Phone(text, key.length() > 1 ? key.toString() : "?" + text, false);
    }
}
