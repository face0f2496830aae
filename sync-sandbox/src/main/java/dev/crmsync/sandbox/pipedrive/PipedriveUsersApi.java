package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.User;
import java.util.Objects;

/** The company's users, and whose token it is. Guarded by the stand-in's lock. */
final class PipedriveUsersApi {
    private final Parts parts;
    private final PipedriveState state;
    private final PipedriveTeam team;
    private final long companyId;
    private final String domain;

    PipedriveUsersApi(Parts parts, PipedriveState state, PipedriveTeam team, long companyId, String domain) {
        this.parts = parts;
        this.state = state;
        this.team = team;
        this.companyId = companyId;
        this.domain = domain;
    }

    void addTo(Routes routes) {
        for (String base : PipedrivePaths.v1("users")) {
            routes.on("GET", base, this::list).on("GET", base + "/me", this::me).on("GET", base + "/{id}", this::get);
        }
    }

    private Reply list(Call call) {
        return PipedrivePages.data(200, dump());
    }

    /** All of them, as the API shows them. */
    ArrayNode dump() {
        ArrayNode data = Json.array();
        state.users.values().forEach(one -> data.add(shown(one)));
        return data;
    }

    private Reply me(Call call) {
        User user = Objects.requireNonNull(state.users.get(team.tokenUser()));
        ObjectNode data = shown(user)
                .put("company_id", companyId)
                .put("company_name", "Company " + companyId)
                .put("company_domain", domain)
                .put("company_country", "EE");
        return PipedrivePages.data(200, data);
    }

    private Reply get(Call call) {
        return state.users.values().stream()
                .filter(user -> String.valueOf(user.id).equals(call.param("id")))
                .findFirst()
                .map(user -> PipedrivePages.data(200, shown(user)))
                .orElseThrow(() -> PipedriveErrors.of(404, "User not found", ""));
    }

    ObjectNode shown(User user) {
        ObjectNode shown = Json.object()
                .put("id", user.id)
                .put("name", user.name)
                .put("email", user.email)
                .put("active_flag", user.active)
                .put("activated", true)
                .put("is_deleted", !user.active)
                .put("timezone_name", "Etc/UTC")
                .put("timezone_offset", "+00:00")
                .put("created", PipedriveTimes.legacy(user.created))
                .put("default_currency", "EUR")
                .put("locale", "en_US")
                .put("role_id", 1)
                .putNull("icon_url")
                .put("is_you", user.id == team.tokenUser());
        if (parts.dials().on("users.is_admin")) {
            shown.put("is_admin", team.admin(user));
        }
        ArrayNode access = shown.putArray("access");
        for (String app : new String[] {"sales", "global", "account_settings"}) {
            access.addObject().put("app", app).put("admin", team.admin(user));
        }
        return shown;
    }
}
