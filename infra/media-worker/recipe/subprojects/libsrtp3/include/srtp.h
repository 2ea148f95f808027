// The part of libsrtp 3's interface that the media worker uses, on top of libsrtp 2.5.
//
// Version 3 takes separate input and output buffers with size_t lengths and an opaque policy handle;
// version 2 works in place with an int length and a policy struct. Both are C libraries, so what differs
// only in its parameters is added here as a C++ overload of the same name.
#pragma once

// Version 2's policy struct has the name of version 3's handle.
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <new>

// Error codes that version 2 lacks; the numbers are those of version 3.
inline constexpr srtp_err_status_t srtp_err_status_buffer_small = static_cast<srtp_err_status_t>(28);
inline constexpr srtp_err_status_t srtp_err_status_cryptex_err  = static_cast<srtp_err_status_t>(29);

struct srtp_policy_bridge
{
	srtp2_policy_t policy{};
	// Version 2 reads key and salt as one run of bytes and keeps a pointer to it until srtp_create() copied it.
	uint8_t key[SRTP_MAX_KEY_LEN]{};
	size_t expectedKeyLen{ 0 };
};

using srtp_policy_t = srtp_policy_bridge*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* handle)
{
	*handle = new (std::nothrow) srtp_policy_bridge();

	return *handle ? srtp_err_status_ok : srtp_err_status_alloc_fail;
}

inline void srtp_policy_destroy(srtp_policy_t handle)
{
	if (!handle)
	{
		return;
	}

	// Unlike memset(), explicit_bzero() is not removed by the optimiser.
	explicit_bzero(handle->key, sizeof(handle->key));
	delete handle;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t handle, srtp_ssrc_t ssrc)
{
	handle->policy.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t handle, srtp_profile_t profile)
{
	const srtp_err_status_t rtp =
	  srtp_crypto_policy_set_from_profile_for_rtp(&handle->policy.rtp, profile);

	if (rtp != srtp_err_status_ok)
	{
		return rtp;
	}

	handle->expectedKeyLen =
	  srtp_profile_get_master_key_length(profile) + srtp_profile_get_master_salt_length(profile);

	return srtp_crypto_policy_set_from_profile_for_rtcp(&handle->policy.rtcp, profile);
}

inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t handle,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* mki,
  size_t mkiLen)
{
	// The worker uses no master key identifier; refusing one is safer than dropping it.
	if (mki || mkiLen != 0 || keyLen > sizeof(handle->key) || saltLen > sizeof(handle->key) - keyLen)
	{
		return srtp_err_status_bad_param;
	}

	// Version 2 cannot know how long the key is that it is given: a short one would be read past its end.
	if (keyLen + saltLen != handle->expectedKeyLen)
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(handle->key, key, keyLen);
	std::memcpy(handle->key + keyLen, salt, saltLen);
	handle->policy.key = handle->key;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t handle, bool allow)
{
	handle->policy.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t handle, size_t windowSize)
{
	handle->policy.window_size = static_cast<unsigned long>(windowSize);

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t handle)
{
	if (!handle->policy.key)
	{
		return srtp_err_status_bad_param;
	}

	return srtp_create(session, static_cast<const srtp2_policy_t*>(&handle->policy));
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

// Moves the packet into the output buffer and lets version 2 work on it there. `room` is what version 2 may
// append: it never learns the size of the buffer, so it is checked here. The buffers may be the same.
template<typename InPlace>
inline srtp_err_status_t srtp_bridge_in_place(
  const uint8_t* input, size_t inputLen, uint8_t* output, size_t* outputLen, size_t room, InPlace work)
{
	if (inputLen > static_cast<size_t>(std::numeric_limits<int>::max()) - room)
	{
		return srtp_err_status_bad_param;
	}

	if (*outputLen < inputLen + room)
	{
		return srtp_err_status_buffer_small;
	}

	if (input != output)
	{
		std::memmove(output, input, inputLen);
	}

	int len                        = static_cast<int>(inputLen);
	const srtp_err_status_t result = work(output, &len);

	if (result == srtp_err_status_ok)
	{
		*outputLen = static_cast<size_t>(len);
	}

	return result;
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t mkiIndex)
{
	if (mkiIndex != 0)
	{
		return srtp_err_status_bad_param;
	}

	return srtp_bridge_in_place(
	  rtp,
	  rtpLen,
	  srtp,
	  srtpLen,
	  SRTP_MAX_TRAILER_LEN,
	  [session](uint8_t* packet, int* len) { return srtp_protect(session, static_cast<void*>(packet), len); });
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	return srtp_bridge_in_place(
	  srtp,
	  srtpLen,
	  rtp,
	  rtpLen,
	  0,
	  [session](uint8_t* packet, int* len)
	  { return srtp_unprotect(session, static_cast<void*>(packet), len); });
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t mkiIndex)
{
	if (mkiIndex != 0)
	{
		return srtp_err_status_bad_param;
	}

	// An SRTCP packet carries four more bytes than an SRTP one: the encryption flag and the index.
	return srtp_bridge_in_place(
	  rtcp,
	  rtcpLen,
	  srtcp,
	  srtcpLen,
	  SRTP_MAX_TRAILER_LEN + sizeof(uint32_t),
	  [session](uint8_t* packet, int* len)
	  { return srtp_protect_rtcp(session, static_cast<void*>(packet), len); });
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	return srtp_bridge_in_place(
	  srtcp,
	  srtcpLen,
	  rtcp,
	  rtcpLen,
	  0,
	  [session](uint8_t* packet, int* len)
	  { return srtp_unprotect_rtcp(session, static_cast<void*>(packet), len); });
}
