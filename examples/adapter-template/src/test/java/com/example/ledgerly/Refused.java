package com.example.ledgerly;

/** Ledgerly says no. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final int status;
    final String code;
    final String field;

    Refused(int status, String code, String field) {
        super(status + " " + code + " " + field);
        this.status = status;
        this.code = code;
        this.field = field;
    }
}
