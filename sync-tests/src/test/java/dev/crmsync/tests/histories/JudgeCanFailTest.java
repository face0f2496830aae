package dev.crmsync.tests.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.sandbox.hubspot.HubSpotPeople;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The judge is judged: what is spoiled by hand, without a word to the engine, is found. */
class JudgeCanFailTest {
    /** One in which nothing waits for a person, and nothing differs for a reason. */
    private static final long SEED = 14;

    private static Map<String, Object> properties(String... namesAndValues) {
        return namesAndValues.length == 2
                ? Map.of(namesAndValues[0], namesAndValues[1])
                : Map.of(namesAndValues[0], namesAndValues[1], namesAndValues[2], namesAndValues[3]);
    }

    /** What the judge says of a history that ends well and is then spoiled while all webhooks are lost. */
    private static List<String> spoiled(Consumer<World> spoil) {
        try (World world = new World(SEED, Pair.HUBSPOT)) {
            History.play(world);
            assertThat(new Judge(world).complaints()).as("before").isEmpty();
            world.kirim.turn("webhooks.drop", 1);
            world.crm.turn("webhooks.drop", 1);
            spoil.accept(world);
            return new Judge(world).complaints();
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

    private static void patch(World world, String property, String value) {
        world.crm.edit(Map.of("op", "patch", "id", paired(world).id(), "properties", properties(property, value)));
    }

    @Test
    void values_that_differ_that_nobody_wrote_and_that_took_the_place_of_a_persons() {
        assertThat(spoiled(world -> patch(world, "lastname", "Spoiled")))
                .anyMatch(said -> said.contains(".name: Kirim shows"))
                .anyMatch(said -> said.contains("which nobody ever wrote"));
        assertThat(spoiled(world -> patch(world, "phone", "+6281299999999")))
                .anyMatch(said -> said.contains(".phone: Kirim shows"));
        assertThat(spoiled(world -> {
                    Shown one = paired(world);
                    world.kirim.edit(Map.of("op", "patch", "id", one.key(), "metadata", Map.of("source", "spoiled")));
                    patch(world, "kirim_source", "spoiled");
                }))
                .as("a value that agrees on both sides, and is not the last one that the owner's people wrote")
                .anyMatch(said -> said.contains("was last written as"));
    }

    @Test
    void records_that_are_missing_are_twice_or_were_made_by_nobody() {
        assertThat(spoiled(world -> world.crm.edit(
                        Map.of("op", "archive", "id", paired(world).id()))))
                .anyMatch(said -> said.contains("is not in HubSpot"));
        assertThat(spoiled(
                        world -> world.crm.edit(Map.of("op", "create", "properties", properties("firstname", "Twin")))))
                .anyMatch(said -> said.contains("was made by nobody, and for nobody"));
        assertThat(spoiled(world ->
                        world.kirim.edit(Map.of("op", "create", "phone_number", "+6281211111111", "name", "Twin"))))
                .anyMatch(said -> said.contains("was made by nobody"));
    }

    @Test
    void a_note_that_reads_otherwise_and_a_ticket_in_another_state() {
        assertThat(spoiled(world -> {
                    String note =
                            String.valueOf(people(world).all("notes").get(0).get("id"));
                    people(world).patch("notes", note, Map.of("hs_note_body", "Spoiled"));
                    people(world)
                            .all("tickets")
                            .forEach(one -> people(world)
                                    .patch(
                                            "tickets",
                                            String.valueOf(one.get("id")),
                                            Map.of("hs_pipeline_stage", other(one))));
                }))
                .anyMatch(said -> said.contains(" text: Kirim shows"))
                .anyMatch(said -> said.contains(" status: Kirim shows"));
    }

    private static HubSpotPeople people(World world) {
        return ((HubSpotSide) world.side).people();
    }

    private static String other(Map<String, Object> ticket) {
        Map<?, ?> properties = (Map<?, ?>) ticket.getOrDefault("properties", Map.of());
        return "4".equals(properties.get("hs_pipeline_stage")) ? "1" : "4";
    }

    @Test
    void a_write_that_nobody_asked_for() {
        try (World world = new World(SEED, Pair.HUBSPOT)) {
            History.play(world);
            Judge judge = new Judge(world);
            assertThat(judge.writesWhileNothingHappens()).as("before").isEmpty();
            world.crm.turn("webhooks.drop", 1);
            patch(world, "phone", "+6281299999999");
            // Found by the sweep, and put right: that is a write.
            assertThat(judge.writesWhileNothingHappens())
                    .anyMatch(request -> request.contains("/batch/update") || request.contains("PATCH"));
        }
    }
}
