"""What an actor does besides commands and questions.

Generated from the catalogue by `.ci/generate`; do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from .._base import AttributeValue, At, Filter, deprecated, moment, state
from .._unset import UNSET, Unset
from .types import *


class Operations:
    """Operations of the catalogue."""

    def _call(self, operation: str, input: dict[str, Any]) -> Any:
        raise NotImplementedError

    def sign_in(
        self,
        identifier: str,
        password: Secret,
        *,
        assurance: int | Unset = UNSET,
        origin: SessionOrigin | Unset = UNSET,
        refresh: bool | Unset = UNSET,
        risk: RiskLike | Unset = UNSET,
    ) -> SignedIn:
        """Signs in with identifier and password. The session is open, or waits for another factor or an action.

        Args:
            identifier: Who one says to be: the value of any attribute that the realm takes as an identifier.
            password: The password.
            assurance: The level that the application asks for: 1 for one factor, 2 for two, 3 for two of which one
                is hardware.
            origin: Where the attempt comes from.
            refresh: Hand out a refresh token, too; then the session's token lives for minutes only.
            risk: What the host makes of the attempt: its hook into every sign-in.
        """
        json = self._call("sign_in", {"identifier": identifier, "password": password, "assurance": assurance, "origin": origin, "refresh": refresh, "risk": risk})
        answer: SignedIn = SignedIn._read(json)
        return answer

    def continue_sign_in(
        self,
        flow_token: Secret,
        proof: SignInProof,
    ) -> SignedIn:
        """Goes on with a sign-in that waits for a factor or an action.

        Args:
            flow_token: The flow token of the step before.
            proof: What is shown or done.
        """
        json = self._call("continue_sign_in", {"flow_token": flow_token, "proof": proof})
        answer: SignedIn = SignedIn._read(json)
        return answer

    def sign_in_flow(
        self,
        token: Secret,
    ) -> SignInFlow:
        """Reads who is signing in, and what the sign-in waits for.

        Args:
            token: The token.
        """
        json = self._call("sign_in_flow", {"token": token})
        answer: SignInFlow = SignInFlow._read(json)
        return answer

    def session(
        self,
        token: Secret,
        *,
        assurance: int | Unset = UNSET,
    ) -> Session:
        """Reads the session that a token names, when it is assured enough.

        Args:
            token: The token.
            assurance: The level that what is asked needs: 1 for one factor, 2 for two, 3 for two of which one is
                hardware.
        """
        json = self._call("session", {"token": token, "assurance": assurance})
        answer: Session = Session._read(json)
        return answer

    def list_sessions(
        self,
        user: UserId,
    ) -> tuple[Session, ...]:
        """Lists the open sessions of a user, the last used first.

        Args:
            user: The user.
        """
        json = self._call("sessions", {"user": user})
        answer: tuple[Session, ...] = tuple(Session._read(x) for x in json)
        return answer

    def refresh_session(
        self,
        token: Secret,
    ) -> SessionTokens:
        """Takes a refresh token in exchange for fresh tokens.

        Args:
            token: The token.
        """
        json = self._call("refresh_session", {"token": token})
        answer: SessionTokens = SessionTokens._read(json)
        return answer

    def step_up(
        self,
        token: Secret,
        proof: SignInProof,
    ) -> SessionTokens:
        """Shows another proof in an open session, which rises to a higher level and gets a fresh token.

        Args:
            token: The session's token.
            proof: What is shown.
        """
        json = self._call("step_up", {"token": token, "proof": proof})
        answer: SessionTokens = SessionTokens._read(json)
        return answer

    def sign_out(
        self,
        token: Secret,
    ) -> None:
        """Ends the session that a token names.

        Args:
            token: The token.
        """
        self._call("sign_out", {"token": token})

    def check_link(
        self,
        token: Secret,
    ) -> Link:
        """Reads the link that a token names, when it can be used. Nothing is changed.

        Args:
            token: The token.
        """
        json = self._call("check_link", {"token": token})
        answer: Link = Link._read(json)
        return answer

    def accept_invitation(
        self,
        link_token: Secret,
        password: Secret,
        *,
        attributes: Mapping[str, AttributeValue | None] | Unset = UNSET,
        terms: str | None | Unset = UNSET,
    ) -> UserId:
        """Completes the sign-up of a person who was invited.

        Args:
            link_token: The token of the link.
            password: The password to sign in with from now on.
            attributes: Values of the profile that the person fills in.
            terms: The version of the terms that the person accepts.
        """
        json = self._call("accept_invitation", {"link_token": link_token, "password": password, "attributes": attributes, "terms": terms})
        answer: UserId = UserId(json)
        return answer

    def reset_password(
        self,
        link_token: Secret,
        password: Secret,
    ) -> UserId:
        """Sets a new password by a link that was sent for it.

        Args:
            link_token: The token of the link.
            password: The new password.
        """
        json = self._call("reset_password", {"link_token": link_token, "password": password})
        answer: UserId = UserId(json)
        return answer

    def verify_email(
        self,
        token: Secret,
    ) -> UserId:
        """Takes a link as the proof that the e-mail address is the user's own.

        Args:
            token: The token.
        """
        json = self._call("verify_email", {"token": token})
        answer: UserId = UserId(json)
        return answer

    def request_password_reset(
        self,
        identifier: str,
        *,
        address: str | None | Unset = UNSET,
        language: str | None | Unset = UNSET,
    ) -> None:
        """Asks for a password reset without being signed in. The answer does not tell whether there is such a user.

        Args:
            identifier: Who one says to be.
            address: The network address that it comes from: what is asked for from one address is counted, too, so
                that nobody fills the mailboxes of many.
            language: The language of the message; the user's preferred one when absent.
        """
        self._call("request_password_reset", {"identifier": identifier, "address": address, "language": language})

    def registration_form(
        self,
    ) -> tuple[FormField, ...]:
        """Reads the form by which people register by themselves, when they can."""
        json = self._call("registration_form", {})
        answer: tuple[FormField, ...] = tuple(FormField._read(x) for x in json)
        return answer

    def register(
        self,
        attributes: Mapping[str, AttributeValue | None],
        password: Secret,
        *,
        terms: str | None | Unset = UNSET,
    ) -> UserId:
        """Registers a person who fills in the registration form.

        Args:
            attributes: The values by attribute: those of the form and no others.
            password: The password to sign in with.
            terms: The version of the terms that the person accepts.
        """
        json = self._call("register", {"attributes": attributes, "password": password, "terms": terms})
        answer: UserId = UserId(json)
        return answer

    def sign_token(
        self,
        token: Secret,
        audience: str,
        *,
        seconds: int | Unset = UNSET,
    ) -> Secret:
        """Signs an access token for the session that a token names, for one audience and at most an hour.

        Args:
            token: The session's token.
            audience: For whom the signed token is.
            seconds: Seconds for which it holds, at most 3600; 300 when absent.
        """
        json = self._call("sign_token", {"token": token, "audience": audience, "seconds": seconds})
        answer: Secret = Secret(json)
        return answer

    def verify_signed_token(
        self,
        token: Secret,
        audience: str,
    ) -> SignedClaims:
        """Reads what a signed access token says, when it holds for the audience. The session is not looked up.

        Args:
            token: The signed token.
            audience: For whom it has to be.
        """
        json = self._call("verify_signed_token", {"token": token, "audience": audience})
        answer: SignedClaims = SignedClaims._read(json)
        return answer

    def signing_key_set(
        self,
    ) -> KeySet:
        """Reads the public keys by which others check signed access tokens, as a JSON Web Key Set."""
        json = self._call("signing_key_set", {})
        answer: KeySet = KeySet._read(json)
        return answer

    def passkey_challenge(
        self,
        *,
        user: UserId | None | Unset = UNSET,
    ) -> PasskeyChallenge:
        """Draws what a browser is asked with to show a passkey. Nothing is kept; it counts for five minutes and once.

        Args:
            user: The user, when that is known; absent: whoever has a passkey for the domain.
        """
        json = self._call("passkey_challenge", {"user": user})
        answer: PasskeyChallenge = PasskeyChallenge._read(json)
        return answer

    def sign_in_with_passkey(
        self,
        response: Secret,
        *,
        assurance: int | Unset = UNSET,
        origin: SessionOrigin | Unset = UNSET,
        refresh: bool | Unset = UNSET,
        risk: RiskLike | Unset = UNSET,
    ) -> SignedIn:
        """Signs in with a passkey alone. The session is open, or waits for an action.

        Args:
            response: What the browser answered to the challenge, as JSON text: `JSON.stringify(credential)`.
            assurance: The level that the application asks for, as for a sign-in with a password.
            origin: Where the attempt comes from.
            refresh: Hand out a refresh token, too; then the session's token lives for minutes only.
            risk: What the host makes of the attempt.
        """
        json = self._call("sign_in_with_passkey", {"response": response, "assurance": assurance, "origin": origin, "refresh": refresh, "risk": risk})
        answer: SignedIn = SignedIn._read(json)
        return answer


class AsyncOperations:
    """Operations of the catalogue."""

    def _call(self, operation: str, input: dict[str, Any]) -> Awaitable[Any]:
        raise NotImplementedError

    async def sign_in(
        self,
        identifier: str,
        password: Secret,
        *,
        assurance: int | Unset = UNSET,
        origin: SessionOrigin | Unset = UNSET,
        refresh: bool | Unset = UNSET,
        risk: RiskLike | Unset = UNSET,
    ) -> SignedIn:
        """Signs in with identifier and password. The session is open, or waits for another factor or an action.

        Args:
            identifier: Who one says to be: the value of any attribute that the realm takes as an identifier.
            password: The password.
            assurance: The level that the application asks for: 1 for one factor, 2 for two, 3 for two of which one
                is hardware.
            origin: Where the attempt comes from.
            refresh: Hand out a refresh token, too; then the session's token lives for minutes only.
            risk: What the host makes of the attempt: its hook into every sign-in.
        """
        json = await self._call("sign_in", {"identifier": identifier, "password": password, "assurance": assurance, "origin": origin, "refresh": refresh, "risk": risk})
        answer: SignedIn = SignedIn._read(json)
        return answer

    async def continue_sign_in(
        self,
        flow_token: Secret,
        proof: SignInProof,
    ) -> SignedIn:
        """Goes on with a sign-in that waits for a factor or an action.

        Args:
            flow_token: The flow token of the step before.
            proof: What is shown or done.
        """
        json = await self._call("continue_sign_in", {"flow_token": flow_token, "proof": proof})
        answer: SignedIn = SignedIn._read(json)
        return answer

    async def sign_in_flow(
        self,
        token: Secret,
    ) -> SignInFlow:
        """Reads who is signing in, and what the sign-in waits for.

        Args:
            token: The token.
        """
        json = await self._call("sign_in_flow", {"token": token})
        answer: SignInFlow = SignInFlow._read(json)
        return answer

    async def session(
        self,
        token: Secret,
        *,
        assurance: int | Unset = UNSET,
    ) -> Session:
        """Reads the session that a token names, when it is assured enough.

        Args:
            token: The token.
            assurance: The level that what is asked needs: 1 for one factor, 2 for two, 3 for two of which one is
                hardware.
        """
        json = await self._call("session", {"token": token, "assurance": assurance})
        answer: Session = Session._read(json)
        return answer

    async def list_sessions(
        self,
        user: UserId,
    ) -> tuple[Session, ...]:
        """Lists the open sessions of a user, the last used first.

        Args:
            user: The user.
        """
        json = await self._call("sessions", {"user": user})
        answer: tuple[Session, ...] = tuple(Session._read(x) for x in json)
        return answer

    async def refresh_session(
        self,
        token: Secret,
    ) -> SessionTokens:
        """Takes a refresh token in exchange for fresh tokens.

        Args:
            token: The token.
        """
        json = await self._call("refresh_session", {"token": token})
        answer: SessionTokens = SessionTokens._read(json)
        return answer

    async def step_up(
        self,
        token: Secret,
        proof: SignInProof,
    ) -> SessionTokens:
        """Shows another proof in an open session, which rises to a higher level and gets a fresh token.

        Args:
            token: The session's token.
            proof: What is shown.
        """
        json = await self._call("step_up", {"token": token, "proof": proof})
        answer: SessionTokens = SessionTokens._read(json)
        return answer

    async def sign_out(
        self,
        token: Secret,
    ) -> None:
        """Ends the session that a token names.

        Args:
            token: The token.
        """
        await self._call("sign_out", {"token": token})

    async def check_link(
        self,
        token: Secret,
    ) -> Link:
        """Reads the link that a token names, when it can be used. Nothing is changed.

        Args:
            token: The token.
        """
        json = await self._call("check_link", {"token": token})
        answer: Link = Link._read(json)
        return answer

    async def accept_invitation(
        self,
        link_token: Secret,
        password: Secret,
        *,
        attributes: Mapping[str, AttributeValue | None] | Unset = UNSET,
        terms: str | None | Unset = UNSET,
    ) -> UserId:
        """Completes the sign-up of a person who was invited.

        Args:
            link_token: The token of the link.
            password: The password to sign in with from now on.
            attributes: Values of the profile that the person fills in.
            terms: The version of the terms that the person accepts.
        """
        json = await self._call("accept_invitation", {"link_token": link_token, "password": password, "attributes": attributes, "terms": terms})
        answer: UserId = UserId(json)
        return answer

    async def reset_password(
        self,
        link_token: Secret,
        password: Secret,
    ) -> UserId:
        """Sets a new password by a link that was sent for it.

        Args:
            link_token: The token of the link.
            password: The new password.
        """
        json = await self._call("reset_password", {"link_token": link_token, "password": password})
        answer: UserId = UserId(json)
        return answer

    async def verify_email(
        self,
        token: Secret,
    ) -> UserId:
        """Takes a link as the proof that the e-mail address is the user's own.

        Args:
            token: The token.
        """
        json = await self._call("verify_email", {"token": token})
        answer: UserId = UserId(json)
        return answer

    async def request_password_reset(
        self,
        identifier: str,
        *,
        address: str | None | Unset = UNSET,
        language: str | None | Unset = UNSET,
    ) -> None:
        """Asks for a password reset without being signed in. The answer does not tell whether there is such a user.

        Args:
            identifier: Who one says to be.
            address: The network address that it comes from: what is asked for from one address is counted, too, so
                that nobody fills the mailboxes of many.
            language: The language of the message; the user's preferred one when absent.
        """
        await self._call("request_password_reset", {"identifier": identifier, "address": address, "language": language})

    async def registration_form(
        self,
    ) -> tuple[FormField, ...]:
        """Reads the form by which people register by themselves, when they can."""
        json = await self._call("registration_form", {})
        answer: tuple[FormField, ...] = tuple(FormField._read(x) for x in json)
        return answer

    async def register(
        self,
        attributes: Mapping[str, AttributeValue | None],
        password: Secret,
        *,
        terms: str | None | Unset = UNSET,
    ) -> UserId:
        """Registers a person who fills in the registration form.

        Args:
            attributes: The values by attribute: those of the form and no others.
            password: The password to sign in with.
            terms: The version of the terms that the person accepts.
        """
        json = await self._call("register", {"attributes": attributes, "password": password, "terms": terms})
        answer: UserId = UserId(json)
        return answer

    async def sign_token(
        self,
        token: Secret,
        audience: str,
        *,
        seconds: int | Unset = UNSET,
    ) -> Secret:
        """Signs an access token for the session that a token names, for one audience and at most an hour.

        Args:
            token: The session's token.
            audience: For whom the signed token is.
            seconds: Seconds for which it holds, at most 3600; 300 when absent.
        """
        json = await self._call("sign_token", {"token": token, "audience": audience, "seconds": seconds})
        answer: Secret = Secret(json)
        return answer

    async def verify_signed_token(
        self,
        token: Secret,
        audience: str,
    ) -> SignedClaims:
        """Reads what a signed access token says, when it holds for the audience. The session is not looked up.

        Args:
            token: The signed token.
            audience: For whom it has to be.
        """
        json = await self._call("verify_signed_token", {"token": token, "audience": audience})
        answer: SignedClaims = SignedClaims._read(json)
        return answer

    async def signing_key_set(
        self,
    ) -> KeySet:
        """Reads the public keys by which others check signed access tokens, as a JSON Web Key Set."""
        json = await self._call("signing_key_set", {})
        answer: KeySet = KeySet._read(json)
        return answer

    async def passkey_challenge(
        self,
        *,
        user: UserId | None | Unset = UNSET,
    ) -> PasskeyChallenge:
        """Draws what a browser is asked with to show a passkey. Nothing is kept; it counts for five minutes and once.

        Args:
            user: The user, when that is known; absent: whoever has a passkey for the domain.
        """
        json = await self._call("passkey_challenge", {"user": user})
        answer: PasskeyChallenge = PasskeyChallenge._read(json)
        return answer

    async def sign_in_with_passkey(
        self,
        response: Secret,
        *,
        assurance: int | Unset = UNSET,
        origin: SessionOrigin | Unset = UNSET,
        refresh: bool | Unset = UNSET,
        risk: RiskLike | Unset = UNSET,
    ) -> SignedIn:
        """Signs in with a passkey alone. The session is open, or waits for an action.

        Args:
            response: What the browser answered to the challenge, as JSON text: `JSON.stringify(credential)`.
            assurance: The level that the application asks for, as for a sign-in with a password.
            origin: Where the attempt comes from.
            refresh: Hand out a refresh token, too; then the session's token lives for minutes only.
            risk: What the host makes of the attempt.
        """
        json = await self._call("sign_in_with_passkey", {"response": response, "assurance": assurance, "origin": origin, "refresh": refresh, "risk": risk})
        answer: SignedIn = SignedIn._read(json)
        return answer
