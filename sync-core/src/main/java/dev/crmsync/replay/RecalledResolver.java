package dev.crmsync.replay;

import dev.crmsync.fields.Facts;
import dev.crmsync.fields.Question;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.resolver.Conflict;
import dev.crmsync.spi.resolver.Resolution;
import dev.crmsync.spi.resolver.Resolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A resolver where tokens stand for values: what it made of a conflict is recalled. One that is not known fails, as the resolver
 * did when nothing was written down.
 *
 * @param asked the resolver that it stands in for
 * @param facts what is known
 */
record RecalledResolver(Resolver asked, Facts facts) implements Resolver {
    @Override
    public String id() {
        return asked.id();
    }

    @Override
    public int version() {
        return asked.version();
    }

    @Override
    public int inputs() {
        return asked.inputs();
    }

    @Override
    public Resolution resolve(Conflict conflict) {
        List<Value> values = new ArrayList<>();
        StringBuilder about = new StringBuilder(
                id() + " " + version() + " " + conflict.field().name());
        conflict.candidates().forEach((system, candidate) -> {
            values.add(candidate.value());
            about.append(' ').append(system).append(' ').append(candidate.asOf());
        });
        if (conflict.agreed() != null) {
            values.add(conflict.agreed());
        }
        Facts.Known known = facts.recall(
                new Question(Question.Kind.RESOLVED, about.toString(), Map.of(), values),
                (lenses, question) -> answer(conflict, question.values()));
        if (known == null) {
            throw new IllegalStateException("the resolver " + id() + " was not asked this");
        }
        Value value = known.value();
        return value == null ? new Resolution.AskPerson("") : new Resolution.Agree(value);
    }

    private Facts.Known answer(Conflict conflict, List<Value> values) {
        Map<String, Conflict.Candidate> candidates = new TreeMap<>();
        int i = 0;
        for (Map.Entry<String, Conflict.Candidate> entry : conflict.candidates().entrySet()) {
            candidates.put(
                    entry.getKey(),
                    new Conflict.Candidate(values.get(i++), entry.getValue().asOf()));
        }
        @Nullable Value agreed = conflict.agreed() == null ? null : values.get(i);
        Resolution answer = asked.resolve(new Conflict(conflict.field(), agreed, candidates));
        return Facts.Known.of(answer instanceof Resolution.Agree agree ? agree.value() : null);
    }
}
