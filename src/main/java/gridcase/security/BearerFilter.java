package gridcase.security;

import java.io.IOException;

import gridcase.shared.Acting;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets calls in that bear a token, in the roles the token is good for. */
class BearerFilter extends OncePerRequestFilter {

	private static final String BEARER = "Bearer ";

	private final BearerTokens tokens;

	private final AuthenticationEntryPoint refused;

	BearerFilter(BearerTokens tokens, AuthenticationEntryPoint refused) {
		this.tokens = tokens;
		this.refused = refused;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		String header = request.getHeader(HttpHeaders.AUTHORIZATION);
		return header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length());
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		BearerSignedIn signedIn;
		try {
			signedIn = this.tokens
				.signIn(request.getHeader(HttpHeaders.AUTHORIZATION).substring(BEARER.length()).strip());
		}
		catch (BearerRefused ex) {
			this.refused.commence(request, response, ex);
			return;
		}
		SecurityContext context = SecurityContextHolder.createEmptyContext();
		context.setAuthentication(signedIn);
		SecurityContextHolder.setContext(context);
		Exception failure = Acting.limited(signedIn.getName(), signedIn.roles(), () -> {
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
