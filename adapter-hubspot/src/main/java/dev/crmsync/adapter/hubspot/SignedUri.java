package dev.crmsync.adapter.hubspot;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form of a URI that HubSpot signs for v3: a dozen escapes are decoded, all others stay as they came. */
final class SignedUri {
    /** {@code : / ? @ ! $ ' ( ) * , ;} and no other, so that {@code %20}, {@code %26} or {@code %25} stay escapes. */
    private static final Pattern DECODED =
            Pattern.compile("%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", Pattern.CASE_INSENSITIVE);

    private SignedUri() {}

    static String decode(String uri) {
        return DECODED.matcher(uri)
                .replaceAll(
                        escape -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16))));
    }
}
