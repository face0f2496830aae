package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;

/**
 * Fills the sandbox by its admin endpoint: contacts of many scripts and shapes in Kirim; some of them already in each CRM
 * under their Kirim id; and a few in each CRM that share only an e-mail address with one in Kirim.
 */
final class Population {
    private static final int MOST_KNOWN = 300;
    private static final int MOST_LOOKALIKES = 20;
    private static final int BATCH = 500;

    private static final String[] GIVEN = {
        "Budi",
        "Siti",
        "Nguyễn",
        "José María",
        "Zoë",
        "Иван",
        "王",
        "สมชาย",
        "محمد",
        "राज",
        "Åsa",
        "O'Brien",
        "김민준",
        "さくら",
        "Łukasz",
        "Ana-Lúcia",
        "🌴 Kiki",
        "Dr. Tan",
        "שרה",
        "Γιώργος"
    };
    private static final String[] FAMILY = {
        "Santoso", "Nurhaliza", "Văn A", "García Márquez", "van der Berg", "Петров", "小明", "ใจดี", "عبد الله", "कुमार",
        "Lindström", "", "이", "田中", "Wiśniewski", "d'Ávila", "Halim", "Boon Keng", "לוי", "Παπαδόπουλος"
    };

    /** The first name of those that share only an e-mail address. */
    static final String LOOKALIKE = "Lookalike";

    private final Accounts accounts;
    private final List<Crm> crms;
    private final Options options;
    private final Json admin = new Json();

    Population(Accounts accounts, List<Crm> crms, Options options) {
        this.accounts = accounts;
        this.crms = crms;
        this.options = options;
    }

    /** Fills the systems with what is missing there, and says whether all of it was there from an earlier run. */
    boolean fill() {
        String kirim = Objects.requireNonNull(accounts.kirimAdmin()) + "/contacts";
        List<String> ids = ids(kirim);
        boolean full = ids.size() >= options.contacts();
        if (!full) {
            seed(kirim, ids.size());
            ids = ids(kirim);
        }
        for (Crm crm : crms) {
            if (crm.isEmpty()) {
                crm.seed(inCrm(crm, ids));
                full = false;
            }
        }
        return full;
    }

    private List<String> ids(String kirim) {
        List<String> ids = new ArrayList<>();
        admin.get(kirim)
                .get("contacts")
                .forEach(contact -> ids.add(contact.get("id").asText()));
        ids.sort(null);
        return ids;
    }

    private void seed(String kirim, int there) {
        for (int from = there; from < options.contacts(); from += BATCH) {
            ArrayNode batch = Json.array();
            for (int i = from; i < Math.min(from + BATCH, options.contacts()); i++) {
                batch.add(inKirim(i));
            }
            admin.post(kirim, Json.object().put("webhooks", false).set("contacts", batch));
        }
    }

    private ObjectNode inKirim(int i) {
        Random chance = new Random(options.seed() * 1_000_003 + i);
        ObjectNode contact = Json.object();
        contact.put("phone_number", phone(i, chance));
        if (chance.nextInt(20) > 0) {
            contact.put("name", name(i, chance));
        }
        if (chance.nextInt(5) > 0) {
            contact.put("email", email(i, chance));
        }
        ObjectNode metadata = Json.object();
        if (chance.nextInt(3) > 0) {
            metadata.put("crm_segment", chance.nextBoolean() ? "trial" : "past due");
        }
        if (chance.nextInt(2) > 0) {
            metadata.put("source", chance.nextBoolean() ? "ad" : "参照 / referral");
        }
        if (chance.nextInt(4) == 0) {
            metadata.put("shop_visit", "No. " + i);
        }
        contact.set("metadata", metadata);
        if (chance.nextInt(3) == 0) {
            contact.set("labels", Json.array().add(chance.nextBoolean() ? "VIP" : "Trial"));
        }
        return contact;
    }

    /** Each CRM knows others: who is known to one is in some cases the lookalike of somebody in the next. */
    private List<Crm.Person> inCrm(Crm crm, List<String> ids) {
        int number = crms.indexOf(crm);
        List<Crm.Person> persons = new ArrayList<>();
        JsonNode kirim = admin.get(accounts.kirimAdmin() + "/contacts").get("contacts");
        int known = 0;
        int alike = 0;
        // A small population has as large a share of them.
        int mostKnown = Math.min(MOST_KNOWN, options.contacts() * 3 / 20);
        int mostLookalikes = Math.min(MOST_LOOKALIKES, options.contacts() / 20);
        for (JsonNode contact : kirim) {
            int at = Collections.binarySearch(ids, contact.get("id").asText());
            int fifth = (at + number) % 5;
            if (known < mostKnown && fifth == 0) {
                persons.add(known(crm.word(), contact, known++));
            } else if (alike < mostLookalikes && fifth == 1 && contact.hasNonNull("email")) {
                String address = contact.get("email").asText().toLowerCase(Locale.ROOT);
                persons.add(new Crm.Person(null, LOOKALIKE, "No. " + alike++, address, null, null));
            }
        }
        return persons;
    }

    /** A contact that the CRM has under its Kirim id: in step, or with a name, an address or a segment of its own. */
    private static Crm.Person known(String crm, JsonNode contact, int i) {
        String name = contact.path("name").asText("");
        String email = contact.hasNonNull("email") ? contact.get("email").asText() : null;
        String phone = contact.get("phone_number").asText();
        return new Crm.Person(
                contact.get("id").asText(),
                i % 3 == 0 ? "Ibu " + name : name,
                i % 7 == 0 ? "(CRM)" : "",
                i % 4 == 0 ? crm + "." + i + "@example.org" : email,
                i % 2 == 0 ? phone.replaceAll("(\\d{3})(?=\\d)", "$1-") : null,
                i % 3 == 1 ? "gold" : null);
    }

    static String phone(int i, Random chance) {
        return switch (chance.nextInt(4)) {
            case 0 -> String.format(Locale.ROOT, "+62812%08d", 10_000_000 + i);
            case 1 -> String.format(Locale.ROOT, "+4915%09d", 100_000_000 + i);
            case 2 -> String.format(Locale.ROOT, "+55119%08d", 60_000_000 + i);
            default -> String.format(Locale.ROOT, "+1415%07d", 2_000_000 + i);
        };
    }

    static String name(int i, Random chance) {
        String given = GIVEN[chance.nextInt(GIVEN.length)];
        String family = FAMILY[chance.nextInt(FAMILY.length)];
        return switch (chance.nextInt(6)) {
            case 0 -> given;
            case 1 -> given + "  " + family + " " + i;
            case 2 -> (given + " " + family).toUpperCase(Locale.ROOT).strip();
            default -> (given + " " + family).strip();
        };
    }

    private static String email(int i, Random chance) {
        return switch (chance.nextInt(4)) {
            case 0 -> "Person." + i + "@Example.com";
            case 1 -> "p" + i + "+wa@example.co.id";
            case 2 -> "p_" + i + "@xn--bcher-kva.example";
            default -> "person" + i + "@example.com";
        };
    }
}
