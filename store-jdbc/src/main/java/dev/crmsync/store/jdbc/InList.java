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
    static List<InList> of(Dialect dialect, Collection<String> values) {
        List<String> sorted = new ArrayList<>(new TreeSet<>(values));
        List<InList> lists = new ArrayList<>();
        int most = dialect.mostListed();
        for (int from = 0; from < sorted.size(); from += most) {
            lists.add(new InList(sorted.subList(from, Math.min(from + most, sorted.size()))));
        }
        return lists;
    }

    /** The parenthesis behind {@code IN}. */
    String sql() {
        return sql("", "");
    }

    /**
     * The condition that a key's columns hold what is bound under their names, and the last of these or another one a
     * value of this list.
     *
     * @param listed the column that the list is for
     * @param columns all columns of an index, in its order
     */
    String sql(Dialect dialect, String listed, String... columns) {
        int at = List.of(columns).indexOf(listed);
        if (dialect.seeksWholeRows()) {
            return "(" + String.join(", ", columns) + ") IN "
                    + sql("(" + names(columns, 0, at), names(columns, at + 1, columns.length) + ")");
        }
        StringBuilder text = new StringBuilder();
        for (String column : columns) {
            if (!column.equals(listed)) {
                text.append(column).append(" = :").append(column).append(" AND ");
            }
        }
        return text + listed + " IN " + sql();
    }

    /** The values as the rows of a table of one column, of which some are there twice. */
    String rows(String type) {
        String rows = sql("(CAST(", " AS " + type + "))");
        return rows.substring(1, rows.length() - 1);
    }

    private static String names(String[] columns, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(from == 0 ? "" : ",").append(':').append(columns[i]).append(from == 0 ? "," : "");
        }
        return text.toString();
    }

    private String sql(String before, String after) {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(before)
                    .append(":in")
                    .append(i)
                    .append(after);
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
