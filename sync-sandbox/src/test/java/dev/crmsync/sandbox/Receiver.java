package dev.crmsync.sandbox;

import dev.crmsync.sandbox.admin.Waiting;
import dev.crmsync.sandbox.http.LoopbackServer;
import dev.crmsync.sandbox.http.Reply;
import dev.crmsync.sandbox.http.Request;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber that remembers what it was sent and answers as told. */
public final class Receiver implements AutoCloseable {
    public final List<Request> received = new CopyOnWriteArrayList<>();
    private final LoopbackServer server;
    private volatile Reply answer = Reply.empty(200);

    public Receiver() throws IOException {
        this.server = new LoopbackServer("receiver", 0, request -> {
            received.add(request);
            return answer;
        });
        server.start();
    }

    public String url() {
        return server.origin() + "/hooks?tenant=a%2Fb";
    }

    public void answers(Reply reply) {
        answer = reply;
    }

    /** Waits until so many have come. */
    public List<Request> await(int count) {
        Waiting.until(5_000, () -> received.size() >= count);
        return received;
    }

    @Override
    public void close() {
        server.close();
    }
}
