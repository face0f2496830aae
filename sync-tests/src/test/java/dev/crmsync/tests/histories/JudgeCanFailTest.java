package dev.crmsync.tests.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judge is judged: what is spoiled by hand, without a word to the engine, is found. */
class JudgeCanFailTest {
    /** One in which nothing waits for a person, and nothing differs for a reason. */
    private static long seed(Crms crms) {
        return switch (crms) {
            case HUBSPOT -> 14;
            case PIPEDRIVE -> 14;
            case NOTION -> 14;
            case ALL -> 14;
        };
    }

    /** What the judge says of a history that ends well and is then spoiled while all webhooks are lost. */
    private static List<String> spoiled(Crms crms, Consumer<World> spoil) {
        try (World world = new World(seed(crms), crms)) {
            History.play(world);
            assertThat(new Judge(world, world.side).complaints()).as("before").isEmpty();
            world.kirim.turn("webhooks.drop", 1);
            world.crm.turn("webhooks.drop", 1);
            spoil.accept(world);
            return new Judge(world, world.side).complaints();
        }
    }

    private static Shown paired(World world) {
        return world.crmContacts().stream()
                .filter(one -> !one.archived())
                .filter(one -> world.kirimContacts().stream()
                        .anyMatch(other -> other.id().equals(one.key())))
                .findFirst()
                .orElseThrow();
    }

    private static void write(World world, String field, String value) {
        world.side.write(paired(world).id(), field, value);
    }

    @ParameterizedTest
    @EnumSource(Crms.class)
    void values_that_differ_that_nobody_wrote_and_that_took_the_place_of_a_persons(Crms crms) {
        assertThat(spoiled(crms, world -> write(world, "name", "Spoiled")))
                .anyMatch(said -> said.contains(".name: Kirim shows"))
                .anyMatch(said -> said.contains("which nobody ever wrote"));
        assertThat(spoiled(crms, world -> write(world, "phone", "+6281299999999")))
                .anyMatch(said -> said.contains(".phone: Kirim shows"));
        assertThat(spoiled(crms, world -> {
                    Shown one = paired(world);
                    world.kirim.edit(Map.of("op", "patch", "id", one.key(), "metadata", Map.of("source", "spoiled")));
                    write(world, "metadata.source", "spoiled");
                }))
                .as("a value that agrees on both sides, and is not the last one that the owner's people wrote")
                .anyMatch(said -> said.contains("was last written as"));
    }

    @ParameterizedTest
    @EnumSource(Crms.class)
    void records_that_are_missing_are_twice_or_were_made_by_nobody(Crms crms) {
        assertThat(spoiled(crms, world -> world.side.archive(paired(world).id())))
                .anyMatch(said -> said.contains("is not in " + nameOf(crms)));
        assertThat(spoiled(
                        crms,
                        world -> world.side.make(
                                new CrmSide.Person("Twin", "H0", "twin@example.com", "prospect", null))))
                .anyMatch(said -> said.contains("was made by nobody, and for nobody"));
        assertThat(spoiled(
                        crms,
                        world -> world.kirim.edit(
                                Map.of("op", "create", "phone_number", "+6281211111111", "name", "Twin"))))
                .anyMatch(said -> said.contains("was made by nobody"));
    }

    private static String nameOf(Crms crms) {
        return switch (crms) {
            case HUBSPOT -> "HubSpot";
            case PIPEDRIVE -> "Pipedrive";
            case NOTION -> "Notion";
            case ALL -> "HubSpot";
        };
    }

    @ParameterizedTest
    @EnumSource(Crms.class)
    void a_note_that_reads_otherwise_and_a_ticket_in_another_state(Crms crms) {
        assertThat(spoiled(crms, world -> {
                    world.side.overwrite(world.side.notes().get(0).id(), "Spoiled");
                    world.side.tickets().stream().filter(one -> !one.archived()).forEach(one -> turn(world, one));
                }))
                .anyMatch(said -> said.contains(" text: Kirim shows"))
                .anyMatch(said -> said.contains(" status: Kirim shows"));
    }

    /** Moves a ticket until it stands elsewhere. */
    private static void turn(World world, CrmSide.Ticket ticket) {
        Random dice = new Random(1);
        String before = String.valueOf(ticket.status());
        for (int i = 0; i < 100 && before.equals(status(world, ticket.id())); i++) {
            world.side.changeTicket(ticket.id(), world.side.move(dice));
        }
    }

    private static String status(World world, String ticket) {
        return world.side.tickets().stream()
                .filter(one -> one.id().equals(ticket))
                .map(one -> String.valueOf(one.status()))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Crms.class)
    void a_write_that_nobody_asked_for(Crms crms) {
        try (World world = new World(seed(crms), crms)) {
            History.play(world);
            assertThat(Judge.writesWhileNothingHappens(world)).as("before").isEmpty();
            world.crm.turn("webhooks.drop", 1);
            write(world, "phone", "+6281299999999");
            // Found by the sweep, and put right: that is a write.
            assertThat(Judge.writesWhileNothingHappens(world))
                    .anyMatch(request -> request.contains("/batch/update") || request.contains("PATCH"));
        }
    }
}
