package gridcase.security;

import java.io.IOException;

import gridcase.shared.Acting;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Whatever a request changes is on record in the name of the person signed in. */
class ActingFilter extends OncePerRequestFilter {

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication == null) {
			chain.doFilter(request, response);
			return;
		}
		Exception failure = Acting.as(authentication.getName(), () -> {
			try {
				chain.doFilter(request, response);
				return null;
			}
			catch (IOException | ServletException ex) {
				return ex;
			}
		});
		if (failure instanceof IOException ex) {
			throw ex;
		}
		if (failure instanceof ServletException ex) {
			throw ex;
		}
	}

}
