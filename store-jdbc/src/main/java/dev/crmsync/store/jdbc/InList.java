package dev.crmsync.store.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * A sorted list of values for {@code IN}. It is filled up to the next power of two by repeating the last value, so that
 * drivers see few different statements.
 */
final class InList {
    static final int MOST = 512;

    private final List<String> values;
    private final int size;

    private InList(List<String> values) {
        this.values = values;
        int room = 1;
        while (room < values.size()) {
            room *= 2;
        }
        this.size = room;
    }

    /** Cuts values into lists of bearable length; the order goes on from list to list. */
    static List<InList> of(Collection<String> values) {
        List<String> sorted = new ArrayList<>(new TreeSet<>(values));
        List<InList> lists = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += MOST) {
            lists.add(new InList(sorted.subList(from, Math.min(from + MOST, sorted.size()))));
        }
        return lists;
    }

    /** The parenthesis behind {@code IN}. */
    String sql() {
        StringBuilder text = new StringBuilder("(:in0");
        for (int i = 1; i < size; i++) {
            text.append(",:in").append(i);
        }
        return text.append(')').toString();
    }

    <S extends SqlStatement<S>> S bind(S statement) {
        for (int i = 0; i < size; i++) {
            statement.bind("in" + i, values.get(Math.min(i, values.size() - 1)));
        }
        return statement;
    }
}
