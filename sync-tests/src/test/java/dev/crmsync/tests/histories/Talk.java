package dev.crmsync.tests.histories;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What people do to conversations in Kirim, and to their tickets in the CRM. */
final class Talk {
    private static final List<String> STATUSES = List.of("open", "pending", "resolved");
    private static final List<String> TEXTS =
            List.of("Halo", "a < b & c", "two\nlines", "  spaces  ", "🌴 terima kasih", "<b>not bold</b>");

    private final World world;
    private final Random dice;
    private List<String> users = List.of();
    private int counter;

    Talk(World world) {
        this.world = world;
        this.dice = world.dice;
    }

    /** Two members of the team whom all sides know by one address, and one whom only Kirim knows. */
    void team() {
        users = ids(world.kirim.any(
                "POST",
                "/users",
                Map.of(
                        "users",
                        List.of(
                                Map.of("name", "Sari", "email", "sari@example.com"),
                                Map.of("name", "Joko", "email", "Joko@Example.com"),
                                Map.of("name", "Temp", "email", "temp@example.com")))));
        world.sides.forEach(CrmSide::team);
    }

    private static List<String> ids(Map<String, Object> answer) {
        return ((List<?>) answer.getOrDefault("ids", List.of()))
                .stream().map(String::valueOf).toList();
    }

    void next() {
        switch (dice.nextInt(8)) {
            case 0, 1, 2 -> message();
            case 3 -> assign();
            case 4, 5 -> turn();
            case 6 -> {
                CrmSide side = world.someSide();
                ticket(side, side.move(dice));
            }
            default -> {
                CrmSide side = world.someSide();
                ticket(side, side.give(dice));
            }
        }
    }

    void message() {
        List<Shown> contacts = world.kirimContacts();
        String contact = contacts.get(dice.nextInt(contacts.size())).id();
        String text = TEXTS.get(dice.nextInt(TEXTS.size())) + " " + ++counter;
        Object made = doing(
                        Map.of("op", "message", "contact_id", contact, "text", text, "inbound", dice.nextInt(3) > 0))
                .get("id");
        world.log.add("Kirim: message " + made + " of " + contact + " '" + text + "'");
    }

    void assign() {
        List<String> all = conversations();
        if (!all.isEmpty()) {
            Map<String, Object> assign = new HashMap<>();
            assign.put("op", "assign");
            assign.put("id", all.get(dice.nextInt(all.size())));
            assign.put("user_id", dice.nextInt(4) == 0 ? null : users.get(dice.nextInt(users.size())));
            world.log.add("Kirim: " + assign);
            doing(assign);
        }
    }

    private void turn() {
        List<String> all = conversations();
        if (!all.isEmpty()) {
            String id = all.get(dice.nextInt(all.size()));
            String status = STATUSES.get(dice.nextInt(STATUSES.size()));
            world.log.add("Kirim: " + id + " is " + status);
            doing(Map.of("op", "status", "id", id, "status", status));
        }
    }

    private List<String> conversations() {
        return Judge.maps(world.kirim.any("GET", "/conversations", null).get("conversations")).stream()
                .map(one -> String.valueOf(one.get("id")))
                .toList();
    }

    private Map<String, Object> doing(Map<String, Object> doing) {
        Map<String, Object> result = Judge.maps(world.kirim
                        .any("POST", "/conversations/doings", Map.of("doings", List.of(doing)))
                        .get("results"))
                .get(0);
        if (result.containsKey("error")) {
            throw new IllegalArgumentException(String.valueOf(result.get("error")));
        }
        return result;
    }

    private void ticket(CrmSide side, Map<String, String> change) {
        List<String> tickets = side.tickets().stream()
                .filter(one -> !one.archived())
                .map(CrmSide.Ticket::id)
                .toList();
        if (tickets.isEmpty() || dice.nextInt(10) == 0) {
            String made = side.makeTicket("of " + side.name() + " " + ++counter);
            world.diary.made(side.notedTicket(made));
            world.log.add(side.name() + ": new ticket " + made);
            return;
        }
        String id = tickets.get(dice.nextInt(tickets.size()));
        if (dice.nextInt(12) == 0) {
            world.log.add(side.name() + ": ticket " + id + " is archived");
            world.diary.gone(side.notedTicket(id));
            side.archiveTicket(id);
            return;
        }
        world.log.add(side.name() + ": ticket " + id + " " + change);
        side.changeTicket(id, change);
    }
}
