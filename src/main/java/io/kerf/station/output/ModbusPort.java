package io.kerf.station.output;

import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ProcessImage.Modification;
import com.digitalpetri.modbus.server.ReadWriteModbusServices;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import io.kerf.config.document.ModbusSettings;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** The registers of a station, on a port. What clients read and write is kept here and only here. */
final class ModbusPort implements AutoCloseable {
  private static final int IDLE_SECONDS = 300;

  private final ModbusSettings settings;
  private final IntConsumer signals;
  private final ProcessImage image = new ProcessImage();
  private final AtomicInteger clients = new AtomicInteger();
  private final AtomicInteger coils = new AtomicInteger();
  private final AtomicInteger bits = new AtomicInteger();
  private final EventLoopGroup events = new NioEventLoopGroup(1, (ThreadFactory) task -> daemon(task, "modbus-io"));
  private final ExecutorService requests = Executors.newSingleThreadExecutor(task -> daemon(task, "modbus-requests"));
  private final ModbusTcpServer server;

  /** @param signals is told the PLC's signals, as {@link Registers#inputs} takes them, with each write; must be quick */
  ModbusPort(ModbusSettings settings, IntConsumer signals) {
    this.settings = settings;
    this.signals = signals;
    image.addModificationListener(new Writes());
    server = ModbusTcpServer.create(NettyTcpServerTransport.create(transport -> transport.setBindAddress(settings.host()).setPort(settings.port()).setEventLoopGroup(events)
        .setExecutor(requests).setPipelineCustomizer(pipeline -> pipeline.addFirst(new IdleStateHandler(IDLE_SECONDS, 0, 0), new Admission()))), new Services());
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** @throws ExecutionException where the address cannot be listened on */
  void open() throws ExecutionException, InterruptedException {
    server.start();
  }

  /** Shows all of them at once: no client sees a part of one result and a part of the next. */
  void show(int[] input) {
    image.with(transaction -> {
      transaction.writeInputRegisters(registers -> {
        for (int i = 0; i < input.length; i++) {
          registers.put(i, new byte[] {(byte) (input[i] >>> 8), (byte) input[i]});
        }
      });
      transaction.writeDiscreteInputs(inputs -> {
        for (int i = 0; i < Registers.SIGNALS_OUT; i++) {
          inputs.put(i, (input[Registers.SIGNALS] & 1 << i) != 0);
        }
      });
    });
  }

  /** What the PLC wrote; 0 where it wrote nothing. */
  int holding(int address) {
    return image.get(transaction -> transaction.readHoldingRegisters(registers -> value(registers, address)));
  }

  private static int value(Map<Integer, byte[]> registers, int address) {
    byte[] value = registers.get(address);
    return value == null ? 0 : (value[0] & 0xff) << 8 | value[1] & 0xff;
  }

  int signals() {
    return coils.get() | bits.get();
  }

  int clients() {
    return clients.get();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (ExecutionException e) {
      // It never listened.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    events.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    requests.shutdown();
  }

  private final class Services extends ReadWriteModbusServices {
    @Override
    protected Optional<ProcessImage> getProcessImage(int unit) {
      return unit == settings.unit() ? Optional.of(image) : Optional.empty();
    }
  }

  private final class Writes implements ProcessImage.ModificationListener {
    @Override
    public void onCoilsModified(List<Modification.CoilModification> modified) {
      modified.stream().filter(one -> one.address() < Registers.SIGNALS_IN)
          .forEach(one -> coils.updateAndGet(now -> one.value() ? now | 1 << one.address() : now & ~(1 << one.address())));
      signals.accept(signals());
    }

    @Override
    public void onHoldingRegistersModified(List<Modification.HoldingRegisterModification> modified) {
      modified.stream().filter(one -> one.address() == 0).forEach(one -> {
        bits.set(one.value()[1] & 0xff);
        signals.accept(signals());
      });
    }

    @Override
    public void onDiscreteInputsModified(List<Modification.DiscreteInputModification> modified) {
      // Only the station writes them.
    }

    @Override
    public void onInputRegistersModified(List<Modification.InputRegisterModification> modified) {
      // Only the station writes them.
    }
  }

  /** Beyond the clients that are allowed, connections are closed at once; so are those that say nothing for five minutes. */
  private final class Admission extends ChannelInboundHandlerAdapter {
    private boolean counted;

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
      counted = true;
      if (clients.incrementAndGet() > settings.maxClients()) {
        context.close();
      } else {
        super.channelActive(context);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
      if (counted) {
        counted = false;
        clients.decrementAndGet();
      }
      super.channelInactive(context);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
      if (event instanceof IdleStateEvent) {
        context.close();
      } else {
        super.userEventTriggered(context, event);
      }
    }
  }
}
