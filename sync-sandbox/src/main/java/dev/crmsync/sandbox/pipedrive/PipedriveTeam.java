package dev.crmsync.sandbox.pipedrive;

import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import dev.crmsync.sandbox.pipedrive.PipedriveState.User;

/** The company's users: whose token it is, who works in the pages, and who may see what. Guarded by the stand-in's lock. */
final class PipedriveTeam {
    private final Parts parts;
    private final PipedriveState state;
    private final long tokenUser;

    /** A team whose token belongs to this user; a new one gets that user and one who works in the pages. */
    PipedriveTeam(Parts parts, PipedriveState state, long tokenUser) {
        this.parts = parts;
        this.state = state;
        this.tokenUser = tokenUser;
        addStandard();
    }

    void addStandard() {
        state.users.computeIfAbsent(tokenUser, id -> user(id, "Integration", "integration@example.com", true));
        state.users.computeIfAbsent(tokenUser + 1, id -> user(id, "Alex Office", "alex@example.com", true));
        state.numbers.putIfAbsent("user", tokenUser + 1);
    }

    private User user(long id, String name, String email, boolean admin) {
        User user = new User();
        user.id = id;
        user.name = name;
        user.email = email;
        user.admin = admin;
        user.created = parts.clock().millis();
        return user;
    }

    /** A new member. */
    User join(String name, String email, boolean admin) {
        User user = user(state.next("user"), name, email, admin);
        state.users.put(user.id, user);
        return user;
    }

    long tokenUser() {
        return tokenUser;
    }

    /** Who edits in the pages when nobody is named. */
    long editor() {
        return parts.dials().is("auth.token_owner", "person") ? tokenUser : tokenUser + 1;
    }

    boolean admin(User user) {
        return user.admin && (user.id != tokenUser || parts.dials().on("auth.token_admin"));
    }

    /** Whether a user may see a record: what has the narrowest visibility is for its owner and for admins. */
    boolean sees(User user, Item item) {
        boolean narrow = item.values.path("visible_to").asLong(3) == 1;
        return user.active && (!narrow || admin(user) || item.owner() == user.id);
    }

    /** Whether the token's user may see a record. */
    boolean tokenSees(Item item) {
        User user = state.users.get(tokenUser);
        return user == null || sees(user, item);
    }
}
