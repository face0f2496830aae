package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.http.Json;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Routes;
import dev.crmsync.sandbox.http.Routes.Call;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Field;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Option;
import java.util.ArrayList;
import java.util.List;

/** The newer edition's administration of the fields of persons or deals, and of their options. */
final class PipedriveFieldsApi {
    private static final PipedriveBody KEYS = new PipedriveBody()
            .with(PipedriveType.TEXT, "field_name", "field_type")
            .with(PipedriveType.OBJECTS, "options")
            .with(PipedriveType.OBJECT, "ui_visibility", "important_fields", "required_fields");
    private static final PipedriveBody CHANGES = new PipedriveBody()
            .with(PipedriveType.TEXT, "field_name")
            .with(PipedriveType.OBJECT, "ui_visibility", "important_fields", "required_fields");

    private final PipedriveKind kind;
    private final Parts parts;
    private final PipedriveState state;
    private final PipedriveFields fields;
    private final PipedriveOptions options;

    PipedriveFieldsApi(
            PipedriveKind kind, Parts parts, PipedriveState state, PipedriveFields fields, PipedriveOptions options) {
        this.kind = kind;
        this.parts = parts;
        this.state = state;
        this.fields = fields;
        this.options = options;
    }

    void addTo(Routes routes) {
        String base = PipedrivePaths.v2(kind.word() + "Fields");
        String one = base + "/{field_code}";
        routes.on("GET", base, this::list)
                .on("POST", base, this::create)
                .on("GET", one, call -> PipedrivePages.data(200, shown(field(call))))
                .on("PATCH", one, this::patch)
                .on("DELETE", one, this::delete)
                .on("POST", one + "/options", this::addOptions)
                .on("PATCH", one + "/options", this::renameOptions)
                .on("DELETE", one + "/options", this::deleteOptions);
    }

    private Reply list(Call call) {
        List<Field> all = new ArrayList<>(fields.all(kind));
        return PipedrivePages.counted(call.request(), all, kind.word() + "Fields", this::shown);
    }

    private Reply create(Call call) {
        JsonNode body = call.request().json();
        KEYS.check(body);
        List<String> labels = new ArrayList<>();
        body.path("options").forEach(one -> labels.add(one.path("label").asText()));
        String type = body.path("field_type").asText();
        Field field = fields.define(kind, body.path("field_name").asText(), type, labels);
        parts.changed().run();
        return PipedrivePages.data(200, shown(field));
    }

    private Reply patch(Call call) {
        JsonNode body = call.request().json();
        CHANGES.check(body);
        Field field = custom(call);
        field.name = body.path("field_name").asText(field.name);
        parts.changed().run();
        return PipedrivePages.data(200, shown(field));
    }

    private Reply delete(Call call) {
        Field field = custom(call);
        state.fields(kind).remove(field.code);
        options.forget(kind, field);
        parts.changed().run();
        return PipedrivePages.data(200, shown(field));
    }

    private Reply addOptions(Call call) {
        Field field = withOptions(call);
        List<String> labels = new ArrayList<>();
        call.request().json().forEach(one -> labels.add(one.path("label").asText()));
        List<Option> fresh = fields.addOptions(field, labels);
        parts.changed().run();
        return PipedrivePages.data(200, shown(fresh));
    }

    /** All or none: an option that is not there refuses the whole. */
    private Reply renameOptions(Call call) {
        Field field = withOptions(call);
        JsonNode body = call.request().json();
        List<Option> named = options.named(field, body);
        for (int i = 0; i < named.size(); i++) {
            named.get(i).label = body.path(i).path("label").asText(named.get(i).label);
        }
        parts.changed().run();
        return PipedrivePages.data(200, shown(named));
    }

    private Reply deleteOptions(Call call) {
        Field field = withOptions(call);
        List<Option> named = options.named(field, call.request().json());
        options.remove(kind, field, named);
        parts.changed().run();
        return PipedrivePages.data(200, shown(named));
    }

    private Field field(Call call) {
        Field field = fields.find(kind, call.param("field_code"));
        if (field == null) {
            throw PipedriveErrors.of(404, "Field not found", "ERR_NOT_FOUND");
        }
        return field;
    }

    private Field custom(Call call) {
        Field field = field(call);
        if (!field.custom) {
            throw PipedriveErrors.forbidden("A system field cannot be changed");
        }
        return field;
    }

    private Field withOptions(Call call) {
        Field field = field(call);
        if (!field.hasOptions()) {
            throw PipedriveErrors.invalid("options: the field has none");
        }
        if (!field.custom && !parts.dials().on("labels.options_writable")) {
            throw PipedriveErrors.forbidden("The options of a system field cannot be changed");
        }
        return field;
    }

    private ObjectNode shown(Field field) {
        ObjectNode shown = Json.object()
                .put("field_name", field.name)
                .put("field_code", fields.shown(field))
                .put("field_type", field.type)
                .put("is_custom_field", field.custom)
                .put("is_optional_response_field", false);
        if (field.hasOptions()) {
            shown.set("options", shown(field.options));
        } else {
            shown.putNull("options");
        }
        return shown.putNull("subfields");
    }

    private static ArrayNode shown(List<Option> options) {
        ArrayNode shown = Json.array();
        options.forEach(one -> shown.addObject().put("id", one.id).put("label", one.label));
        return shown;
    }
}
