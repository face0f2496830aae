package dev.crmsync.fields;

import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The canon where tokens stand for values: canonical forms are recalled, and what is not known is taken as it stands. */
final class RecalledCanon extends Canon {
    private final Facts facts;

    RecalledCanon(Canon other, Facts facts) {
        super(other);
        this.facts = facts;
    }

    @Override
    public Value canonical(Field field, Value value) {
        if (value instanceof Value.Empty || value instanceof Value.Reference || value instanceof Value.References) {
            return value;
        }
        Facts.Known known = facts.recall(
                question(Question.Kind.CANONICAL, field, value),
                (lenses, asked) -> Facts.Known.of(
                        lenses.canon().canonical(field, asked.values().get(0))));
        return known == null ? super.canonical(field, value) : Objects.requireNonNull(known.value());
    }

    @Override
    public boolean equivalent(Field field, Value a, Value b) {
        return a.equals(b) || key(field, a).equals(key(field, b));
    }

    @Override
    public Value key(Field field, Value value) {
        if (value instanceof Value.Empty || value instanceof Value.Reference || value instanceof Value.References) {
            return super.key(field, value);
        }
        Facts.Known known = facts.recall(
                question(Question.Kind.KEY, field, value),
                (lenses, asked) ->
                        Facts.Known.of(lenses.canon().key(field, asked.values().get(0))));
        return known == null ? super.key(field, value) : Objects.requireNonNull(known.value());
    }

    @Override
    public boolean wellFormed(Field field, Value value) {
        Facts.Known known = facts.recall(
                question(Question.Kind.WELL_FORMED, field, value),
                (lenses, asked) -> Facts.Known.of(
                        lenses.canon().wellFormed(field, asked.values().get(0))));
        return known == null ? super.wellFormed(field, value) : known.yes();
    }

    private Question question(Question.Kind kind, Field field, Value value) {
        return new Question(kind, defaultRegion() + " " + field.type().name(), Map.of(), List.of(value));
    }
}
