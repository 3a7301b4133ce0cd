package gridcase.web;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.server.ResponseStatusException;

/**
 * Refuses bodies no form or client has a reason to send, before they are read into
 * memory. Files (multipart) have their own limit.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 50)
class BodyLimit extends OncePerRequestFilter {

	/** In bytes: several texts of one megabyte fit. */
	static final long MOST = 8L * 1024 * 1024;

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String type = request.getContentType();
		return type != null && type.startsWith("multipart/");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (request.getContentLengthLong() > MOST) {
			response.sendError(HttpStatus.PAYLOAD_TOO_LARGE.value());
			return;
		}
		chain.doFilter((request.getContentLengthLong() < 0) ? new Counted(request) : request, response);
	}

	/** A body that does not say how long it is. */
	private static final class Counted extends HttpServletRequestWrapper {

		Counted(HttpServletRequest request) {
			super(request);
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			ServletInputStream body = super.getInputStream();
			return new ServletInputStream() {

				private long read;

				@Override
				public int read() throws IOException {
					int one = body.read();
					count((one >= 0) ? 1 : 0);
					return one;
				}

				@Override
				public int read(byte[] into, int offset, int length) throws IOException {
					int many = body.read(into, offset, length);
					count(Math.max(0, many));
					return many;
				}

				private void count(int more) {
					this.read += more;
					if (this.read > MOST) {
						throw new ResponseStatusException(HttpStatus.PAYLOAD_TOO_LARGE);
					}
				}

				@Override
				public boolean isFinished() {
					return body.isFinished();
				}

				@Override
				public boolean isReady() {
					return body.isReady();
				}

				@Override
				public void setReadListener(ReadListener listener) {
					body.setReadListener(listener);
				}

			};
		}

	}

}
