package dev.crmsync.tests.histories;

import dev.crmsync.review.Answer;
import dev.crmsync.review.Review;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What people do to contacts on all sides, one step after the other, as the dice say; and what happens to the host meanwhile. */
final class Steps implements Words {
    private static final List<String> NAMES = List.of(
            "Budi Santoso",
            "Mary Ann Lee",
            "siti  RAHAYU",
            " Zoë Ångström ",
            "O'Brien",
            "王 小明",
            "Ayu 🌴",
            "van der Berg");
    private static final List<String> LABELS = List.of("VIP", "Trial", "Past Due", "Süd");

    private final World world;
    private final Random dice;
    private final Talk talk;
    private int counter;

    Steps(World world) {
        this.world = world;
        this.dice = world.dice;
        this.talk = new Talk(world);
    }

    /** People who were there before anybody thought of sync. */
    void populate() {
        talk.team();
        int inKirim = 2 + dice.nextInt(4);
        for (int i = 0; i < inKirim; i++) {
            createInKirim();
        }
        for (CrmSide side : world.sides) {
            int inCrm = dice.nextInt(4);
            for (int i = 0; i < inCrm; i++) {
                trying(() -> createInCrm(side));
            }
        }
        for (int i = 0; i < 2; i++) {
            talk.message();
            talk.assign();
        }
    }

    /** One step, and whether the engine gets to work after it. */
    void step() {
        int die = dice.nextInt(100);
        trying(() -> {
            if (die < 26) {
                editInKirim();
            } else if (die < 54) {
                editInCrm();
            } else if (die < 60) {
                createInKirim();
            } else if (die < 63) {
                createInCrm(world.someSide());
            } else if (die < 68) {
                remove();
            } else if (die < 71) {
                merge();
            } else if (die < 90) {
                talk.next();
            } else {
                happen();
            }
        });
        int work = dice.nextInt(10);
        if (work < 3) {
            world.round(Duration.ofSeconds(dice.nextInt(20)));
        } else if (work < 5) {
            world.settle();
        }
    }

    /** A system may say no to its own people: to a second holder of an address, for example. */
    private void trying(Runnable step) {
        try {
            step.run();
        } catch (IllegalArgumentException refused) {
            say("  refused: " + refused.getMessage());
        }
    }

    private void say(String step) {
        world.log.add(step);
    }

    private void happen() {
        switch (dice.nextInt(7)) {
            case 0, 1 -> {
                say("the host is deployed anew");
                world.host.restart();
            }
            case 2 -> {
                Duration quiet = Duration.ofMinutes(1 + dice.nextInt(120));
                say("nobody does anything for " + quiet);
                world.round(quiet);
            }
            case 3 -> {
                boolean atKirim = dice.nextBoolean();
                CrmSide side = world.someSide();
                say("credentials are refused for once at " + (atKirim ? "Kirim" : side.name()));
                (atKirim ? world.kirim : side.admin()).fault("unauthorized", 1);
            }
            case 4 -> {
                say("somebody resumes what is paused");
                world.resume();
            }
            default -> answer();
        }
    }

    /** Only questions of identity are answered: what is right about a value nobody could say but the person of flesh. */
    private void answer() {
        Answer answer = dice.nextBoolean() ? Answer.SAME : Answer.DIFFERENT;
        world.host.work(engine -> {
            Optional<Review> open = engine.reviews(world.host.sync).open(null, 100).stream()
                    .filter(Review::aboutIdentity)
                    .findFirst();
            open.ifPresent(review -> {
                say("somebody answers " + review.reason() + " with " + answer);
                if (answer == Answer.SAME) {
                    world.diary.answeredSame();
                }
                engine.reviews(world.host.sync).answer(review.id(), answer);
            });
        });
    }

    private void createInKirim() {
        Map<String, Object> contact = new HashMap<>();
        contact.put("op", "create");
        contact.put("phone_number", phone());
        contact.put("name", name());
        if (dice.nextInt(3) > 0) {
            contact.put("email", email());
        }
        contact.put("metadata", Map.of("score", counter, "source", "walk-in " + counter, "crm_segment", "new"));
        if (dice.nextBoolean()) {
            contact.put("labels", List.of(label()));
        }
        Shown made = Shown.kirim(world.kirim.edit(contact));
        say("Kirim: new " + made.id() + " " + made.fields());
        world.diary.made("kirim", made);
    }

    private void createInCrm(CrmSide side) {
        String first = name();
        String last = "H" + next();
        String email = email();
        String phone = dice.nextBoolean() ? "0813 " + String.format(Locale.ROOT, "%08d", counter) : null;
        Shown made = side.make(new CrmSide.Person(first, last, email, "prospect", phone));
        say(side.name() + ": new " + made.id() + " " + made.fields());
        world.diary.made(side.word(), made);
    }

    private void editInKirim() {
        List<Shown> all = world.kirimContacts();
        if (all.isEmpty()) {
            return;
        }
        Shown before = all.get(dice.nextInt(all.size()));
        Map<String, Object> edit = new HashMap<>(Map.of("op", "patch", "id", before.id()));
        String field;
        switch (dice.nextInt(9)) {
            case 0, 1 -> field = put(edit, "name", name(), "name");
            case 2 -> field = put(edit, "email", email(), "email");
            case 3 -> field = put(edit, "phone_number", phone(), "phone");
            case 4 -> field = put(edit, "add_labels", List.of(label()), "labels");
            case 5 -> field = put(edit, "remove_labels", List.of(label()), "labels");
            case 6 ->
                field = put(edit, "metadata", Map.of("crm_segment", "of Kirim " + ++counter), "metadata.crm_segment");
            case 7 -> field = put(edit, "labels", List.of(label(), label()), "labels");
            default -> field = put(edit, "metadata", Map.of("source", "visit " + ++counter), "metadata.source");
        }
        Shown after = Shown.kirim(world.kirim.edit(edit));
        say("Kirim: " + after.id() + " " + field + " '" + before.field(field) + "' -> '" + after.field(field) + "'");
        world.diary.wrote("kirim", after, field, paired(after.id()));
        if (!before.field("labels").equals(after.field("labels"))) {
            world.diary.relabelled("kirim/" + after.id());
        }
    }

    private static String put(Map<String, Object> edit, String property, Object value, String field) {
        edit.put(property, value);
        return field;
    }

    private boolean paired(String kirimId) {
        return world.crmContacts().stream()
                .anyMatch(one -> !one.archived() && one.key().equals(kirimId));
    }

    private static List<Shown> live(CrmSide side) {
        return side.contacts().stream().filter(one -> !one.archived()).toList();
    }

    private void editInCrm() {
        CrmSide side = world.someSide();
        List<Shown> all = live(side);
        if (all.isEmpty()) {
            return;
        }
        Shown before = all.get(dice.nextInt(all.size()));
        CrmSide.Wrote wrote = side.edit(before, dice, this);
        String field = wrote.field();
        Shown after = wrote.after();
        say(side.name() + ": " + after.id() + " " + field + " '" + before.field(field) + "' -> '" + after.field(field)
                + "'");
        world.diary.wrote(side.word(), after, field, !after.key().isEmpty() && world.followed(side, after));
    }

    private void remove() {
        CrmSide side = world.someSide();
        List<Shown> inKirim = world.kirimContacts();
        List<Shown> inCrm = side.contacts();
        int die = dice.nextInt(4);
        if (die == 0 && inKirim.size() > 2) {
            String id = inKirim.get(dice.nextInt(inKirim.size())).id();
            say("Kirim: " + id + " is deleted");
            world.kirim.edit(Map.of("op", "delete", "id", id));
            world.diary.gone("kirim/" + id);
        } else if (!inCrm.isEmpty()) {
            Shown one = inCrm.get(dice.nextInt(inCrm.size()));
            say(side.name() + ": " + one.id() + (one.archived() ? " restore" : " archive"));
            if (one.archived()) {
                side.restore(one.id());
                world.diary.back(side.noted(one.id()));
            } else {
                side.archive(one.id());
                world.diary.gone(side.noted(one.id()));
            }
        }
    }

    private void merge() {
        CrmSide side = world.someSide();
        List<Shown> all = live(side);
        if (all.size() < 2) {
            return;
        }
        int first = dice.nextInt(all.size());
        Shown primary = all.get(first);
        Shown secondary = all.get((first + 1) % all.size());
        Shown result = side.merge(primary, secondary);
        say(side.name() + ": " + secondary.id() + " is merged into " + primary.id() + ", now " + result.id() + " "
                + result.fields());
        world.diary.merged(side.word(), primary, secondary, result);
    }

    @Override
    public String name() {
        return NAMES.get(dice.nextInt(NAMES.size())) + (dice.nextBoolean() ? " " + ++counter : "");
    }

    private String phone() {
        return "+62812" + String.format(Locale.ROOT, "%08d", ++counter);
    }

    /** Some address that somebody may have already. */
    @Override
    public String email() {
        return "p" + (dice.nextInt(4) == 0 ? dice.nextInt(counter + 1) : ++counter) + "@example.com";
    }

    @Override
    public int next() {
        return ++counter;
    }

    private String label() {
        return LABELS.get(dice.nextInt(LABELS.size()));
    }
}
