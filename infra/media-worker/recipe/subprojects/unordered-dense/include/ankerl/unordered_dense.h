// The three names of unordered_dense that the media worker uses, on the standard containers. They have the
// same interface there; what is lost is a little speed in maps of a few dozen entries.
#pragma once

#include <functional>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace ankerl::unordered_dense
{
	template<typename T>
	using hash = std::hash<T>;

	template<
	  typename Key,
	  typename Value,
	  typename Hash  = std::hash<Key>,
	  typename Equal = std::equal_to<Key>>
	using map = std::unordered_map<Key, Value, Hash, Equal>;

	template<typename Key, typename Hash = std::hash<Key>, typename Equal = std::equal_to<Key>>
	using set = std::unordered_set<Key, Hash, Equal>;
} // namespace ankerl::unordered_dense
