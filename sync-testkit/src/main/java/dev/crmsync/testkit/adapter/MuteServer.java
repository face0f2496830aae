package dev.crmsync.testkit.adapter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A vendor that takes calls and never answers. */
final class MuteServer implements AutoCloseable {
    private final ServerSocket socket;
    private final CountDownLatch called = new CountDownLatch(1);
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    MuteServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::listen, "kit-mute");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        try {
            while (!socket.isClosed()) {
                Socket taken = socket.accept();
                open.add(taken);
                if (taken.getInputStream().read() >= 0) {
                    called.countDown();
                }
            }
        } catch (IOException closed) {
            called.countDown();
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    void awaitCall() throws InterruptedException {
        AccountBench.that(called.await(20, TimeUnit.SECONDS), "a read makes no call");
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket one : open) {
            one.close();
        }
    }
}
