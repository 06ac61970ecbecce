package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.EndOfDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooManyFormFieldsException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image as it was sent, with the fields that came beside it.
 *
 * @param fields of a form; empty for a bare image
 */
record Upload(byte[] image, Map<String, String> fields) {
  /** What boundaries, part headers and text fields of a form may take beside the image. */
  static final int FORM_BYTES = 64 * 1024;

  private static final int MAX_PARTS = 16;

  /** Netty fails on a type without one in ways that are not told from its own mistakes. */
  private static final Pattern WITH_BOUNDARY = Pattern.compile(";\\s*boundary\\s*=\\s*(\"[^\"]+\"|[^\\s\";]+)", Pattern.CASE_INSENSITIVE);

  static Upload bare(byte[] image) {
    if (image.length == 0) {
      throw new FaultException(Fault.NO_BODY, "The request has no body. Send the encoded image as the body, or as part \"image\" of a form.");
    }
    return new Upload(image, Map.of());
  }

  /**
   * Reads a {@code multipart/form-data} body in memory: the limit on bytes was kept when it was read, and a station's disk is better
   * used for evidence than for temporary files.
   *
   * @throws FaultException {@link Fault#BAD_FIELD} where it is no such form, {@link Fault#IMAGE_TRUNCATED} where it ends too early,
   *     {@link Fault#NO_BODY} where it has no image
   */
  static Upload form(byte[] body, String contentType) {
    if (!WITH_BOUNDARY.matcher(contentType).find()) {
      throw new FaultException(Fault.BAD_FIELD, "The form could not be read: its Content-Type names no boundary.");
    }
    FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    HttpPostMultipartRequestDecoder decoder = null;
    try {
      decoder = new HttpPostMultipartRequestDecoder(new DefaultHttpDataFactory(false), request, StandardCharsets.UTF_8, MAX_PARTS, FORM_BYTES);
      return read(decoder);
    } catch (ErrorDataDecoderException | TooManyFormFieldsException | IOException e) {
      throw new FaultException(Fault.BAD_FIELD, "The form could not be read: its parts do not follow multipart/form-data (RFC 7578).", e);
    } finally {
      if (decoder != null) {
        decoder.destroy();
      }
    }
  }

  private static Upload read(HttpPostMultipartRequestDecoder decoder) throws IOException {
    Map<String, String> fields = new HashMap<>();
    byte[] image = null;
    for (Optional<HttpData> part = next(decoder); part.isPresent(); part = next(decoder)) {
      HttpData data = part.get();
      if (data.getName().equals("image")) {
        image = data.get();
      } else if (data instanceof Attribute attribute) {
        fields.put(attribute.getName(), attribute.getValue());
      }
    }
    if (decoder.currentPartialHttpData() != null) {
      throw new FaultException(Fault.IMAGE_TRUNCATED, "The form ends in the middle of a part, so the part was not judged. Send it again.");
    }
    if (image == null || image.length == 0) {
      throw new FaultException(Fault.NO_BODY, "The form has no image. Send the encoded image as part \"image\".");
    }
    return new Upload(image, fields);
  }

  private static Optional<HttpData> next(HttpPostMultipartRequestDecoder decoder) {
    try {
      while (decoder.hasNext()) {
        InterfaceHttpData part = decoder.next();
        if (part instanceof HttpData data) {
          return Optional.of(data);
        }
      }
      return Optional.empty();
    } catch (EndOfDataDecoderException e) {
      return Optional.empty();
    }
  }
}
